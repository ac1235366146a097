package io.sonde.probe.http;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decodes brotli (RFC 7932) with the native library. */
final class BrotliDecoder implements ContentDecoder {
  private static final int INPUT_BYTES = 8 << 10;
  private static final int MAX_OUTPUT_BYTES = 64 << 10;

  private final DecoderJNI.Wrapper decoder;
  private @Nullable ByteBuffer output;
  private boolean stirred;
  private boolean closed;

  BrotliDecoder() throws IOException {
    decoder = new DecoderJNI.Wrapper(INPUT_BYTES, MAX_OUTPUT_BYTES);
  }

  /** Whether this machine can; loads the library when first called. */
  static boolean isAvailable() {
    return Brotli4jLoader.isAvailable();
  }

  @Override
  public int decode(ByteBuf in, byte[] out) throws BadContentException {
    while (true) {
      ByteBuffer ready = output;
      if (ready != null && ready.hasRemaining()) {
        int count = Math.min(ready.remaining(), out.length);
        ready.get(out, 0, count);
        return count;
      }
      output = null;
      if (!proceed(in)) {
        return 0;
      }
    }
  }

  /** Moves the decoder on; false if it needs input that is not there. */
  private boolean proceed(ByteBuf in) throws BadContentException {
    switch (decoder.getStatus()) {
      case NEEDS_MORE_OUTPUT -> pull();
      case OK -> decoder.push(0);
      case NEEDS_MORE_INPUT -> {
        if (decoder.hasOutput()) {
          pull();
        } else if (in.isReadable()) {
          push(in);
        } else if (!stirred) {
          // With its window full the library asks for input although it still has output to make.
          stirred = true;
          decoder.push(0);
        } else {
          return false;
        }
      }
      case DONE -> {
        if (decoder.hasOutput()) {
          pull();
        } else if (in.isReadable()) {
          throw new BadContentException("bytes follow the end of the brotli data");
        } else {
          return false;
        }
      }
      case ERROR -> throw new BadContentException("the brotli data is damaged");
    }
    return true;
  }

  private void pull() {
    output = decoder.pull();
    stirred = false;
  }

  private void push(ByteBuf in) {
    stirred = false;
    ByteBuffer input = decoder.getInputBuffer();
    input.clear();
    int count = Math.min(input.remaining(), in.readableBytes());
    input.limit(count);
    in.readBytes(input);
    decoder.push(count);
  }

  @Override
  public void end() throws BadContentException {
    if (decoder.getStatus() != DecoderJNI.Status.DONE) {
      throw new BadContentException("the brotli data ends too early");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      decoder.destroy();
    }
  }
}
