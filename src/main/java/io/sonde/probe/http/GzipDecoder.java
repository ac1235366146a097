package io.sonde.probe.http;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decodes gzip (RFC 1952), any number of members, checking length and sum of each. */
final class GzipDecoder implements ContentDecoder {
  private static final int TRAILER_BYTES = 8;

  private enum State {
    HEADER,
    DATA,
    TRAILER
  }

  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private GzipHeader header = new GzipHeader();
  private State state = State.HEADER;
  private boolean firstMember = true;
  private long trailer;
  private int trailerBytes;

  @Override
  public int decode(ByteBuf in, byte[] out) throws BadContentException {
    while (true) {
      switch (state) {
        case HEADER -> {
          if (!readHeader(in)) {
            return 0;
          }
        }
        case DATA -> {
          int count = inflate(in, out);
          if (count > 0) {
            return count;
          }
          if (!inflater.finished()) {
            return 0;
          }
          state = State.TRAILER;
        }
        case TRAILER -> {
          if (!readTrailer(in)) {
            return 0;
          }
        }
      }
    }
  }

  @Override
  public void end() throws BadContentException {
    if (firstMember || state != State.HEADER || !header.isEmpty()) {
      boolean atStart = firstMember && state == State.HEADER;
      throw new BadContentException("the gzip data ends too early", atStart);
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private boolean readHeader(ByteBuf in) throws BadContentException {
    while (in.isReadable()) {
      if (!header.accepts(in.readByte())) {
        throw firstMember
            ? new BadContentException("the body is not gzip", true)
            : new BadContentException("bytes follow the end of the gzip data");
      }
      if (header.isComplete()) {
        state = State.DATA;
        firstMember = false;
        return true;
      }
    }
    return false;
  }

  private int inflate(ByteBuf in, byte[] out) throws BadContentException {
    ByteBuffer input = in.nioBuffer();
    int before = input.remaining();
    inflater.setInput(input);
    try {
      int count = inflater.inflate(out);
      in.skipBytes(before - input.remaining());
      sum.update(out, 0, count);
      return count;
    } catch (DataFormatException e) {
      throw new BadContentException("the gzip data is damaged: " + e.getMessage());
    }
  }

  private boolean readTrailer(ByteBuf in) throws BadContentException {
    while (in.isReadable() && trailerBytes < TRAILER_BYTES) {
      trailer |= (in.readByte() & 0xffL) << (8 * trailerBytes);
      trailerBytes++;
    }
    if (trailerBytes < TRAILER_BYTES) {
      return false;
    }
    long expectedSum = trailer & 0xffffffffL;
    long expectedLength = trailer >>> 32;
    if (expectedSum != sum.getValue()
        || expectedLength != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new BadContentException("the gzip data does not have the sum that it tells");
    }
    inflater.reset();
    sum.reset();
    trailer = 0;
    trailerBytes = 0;
    header = new GzipHeader();
    state = State.HEADER;
    return true;
  }
}
