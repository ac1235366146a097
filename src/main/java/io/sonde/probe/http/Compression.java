package io.sonde.probe.http;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a module says that responses are encoded; the response's own word is not asked. */
enum Compression {
  /** Not at all. */
  NONE,
  GZIP,
  DEFLATE,
  BROTLI,
  /** In a way that nobody knows. */
  UNKNOWN;

  /** What the key {@code compression} means. */
  static Compression of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "", "identity" -> NONE;
      case "gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "br" -> BROTLI;
      default -> UNKNOWN;
    };
  }

  /** A decoder for one response; null if bytes stay as they are. */
  @Nullable ContentDecoder newDecoder() throws IOException {
    return switch (this) {
      case NONE, UNKNOWN -> null;
      case GZIP -> new GzipDecoder();
      case DEFLATE -> new DeflateDecoder();
      case BROTLI -> new BrotliDecoder();
    };
  }
}
