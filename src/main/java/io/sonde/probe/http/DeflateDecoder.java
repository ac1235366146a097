package io.sonde.probe.http;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what HTTP calls {@code deflate}: zlib (RFC 1950), and the raw form (RFC 1951) that many
 * servers send under that name. Which one it is shows in the first two bytes. Bytes behind the end
 * are ignored.
 */
final class DeflateDecoder implements ContentDecoder {
  private final byte[] start = new byte[2];
  private int startBytes;
  private @Nullable Inflater inflater;

  @Override
  public int decode(ByteBuf in, byte[] out) throws BadContentException {
    while (startBytes < start.length) {
      if (!in.isReadable()) {
        return 0;
      }
      start[startBytes++] = in.readByte();
    }
    try {
      if (inflater == null) {
        inflater = new Inflater(!isZlib());
        inflater.setInput(start);
        int count = inflater.inflate(out);
        if (count > 0) {
          return count;
        }
      }
      return inflate(inflater, in, out);
    } catch (DataFormatException e) {
      throw new BadContentException("the deflate data is damaged: " + e.getMessage());
    }
  }

  @Override
  public void end() throws BadContentException {
    if (inflater == null || !inflater.finished()) {
      throw new BadContentException("the deflate data ends too early");
    }
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }

  private static int inflate(Inflater inflater, ByteBuf in, byte[] out)
      throws DataFormatException, BadContentException {
    if (inflater.finished()) {
      in.skipBytes(in.readableBytes());
      return 0;
    }
    ByteBuffer input = in.nioBuffer();
    int before = input.remaining();
    inflater.setInput(input);
    int count = inflater.inflate(out);
    in.skipBytes(before - input.remaining());
    if (count == 0 && inflater.needsDictionary()) {
      throw new BadContentException("the deflate data needs a dictionary");
    }
    if (count == 0 && inflater.finished()) {
      in.skipBytes(in.readableBytes());
    }
    return count;
  }

  private boolean isZlib() {
    int method = start[0] & 0x0f;
    int window = (start[0] & 0xf0) >> 4;
    int both = (start[0] & 0xff) << 8 | (start[1] & 0xff);
    return method == 8 && window <= 7 && both % 31 == 0;
  }
}
