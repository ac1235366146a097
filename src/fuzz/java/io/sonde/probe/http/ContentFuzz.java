package io.sonde.probe.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sonde.probe.http.ContentDecoder.BadContentException;
import java.io.IOException;

/** Bodies that should be compressed. */
public final class ContentFuzz {
  private static final int MAX_STEPS = 1 << 12;
  private static final int OUT_BYTES = 1 << 12;
  private static final Compression[] KINDS = {
    Compression.GZIP, Compression.DEFLATE, Compression.BROTLI
  };

  private ContentFuzz() {}

  /** The first byte says how the rest is encoded, and in pieces of which size it comes. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length == 0 || !BrotliDecoder.isAvailable()) {
      return;
    }
    Compression kind = KINDS[(data[0] & 0xff) % KINDS.length];
    ContentDecoder decoder = kind.newDecoder();
    if (decoder == null) {
      throw new AssertionError("expected a decoder of " + kind);
    }
    try {
      decode(decoder, data);
    } catch (BadContentException ignored) {
      // Damaged, and said so.
    } finally {
      decoder.close();
      decoder.close();
    }
  }

  private static void decode(ContentDecoder decoder, byte[] data) throws BadContentException {
    int piece = 1 + (data[0] & 0xff) / KINDS.length;
    byte[] out = new byte[OUT_BYTES];
    int steps = 0;
    for (int at = 1; at < data.length; at += piece) {
      ByteBuf in = Unpooled.wrappedBuffer(data, at, Math.min(piece, data.length - at));
      for (int count = decoder.decode(in, out); count > 0; count = decoder.decode(in, out)) {
        if (++steps > MAX_STEPS) {
          return; // It unpacks to much, which is the business of whoever counts.
        }
      }
      if (in.isReadable()) {
        throw new AssertionError("expected all input to be taken, " + in + " is left");
      }
    }
    decoder.end();
  }
}
