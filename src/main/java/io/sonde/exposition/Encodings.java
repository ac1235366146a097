package io.sonde.exposition;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code Accept-Encoding} headers (RFC 9110, section 12.5.3). */
public final class Encodings {
  private Encodings() {}

  /**
   * Whether the answer should be compressed with gzip: only if the header rates it strictly higher
   * than the plain answer.
   *
   * @param acceptEncoding the header's value, or null
   */
  public static boolean prefersGzip(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    if (acceptEncoding.equals("gzip")) {
      return true;
    }
    double gzip = -1;
    double identity = -1;
    for (String entry : acceptEncoding.split(",", -1)) {
      int semicolon = entry.indexOf(';');
      String coding =
          (semicolon < 0 ? entry : entry.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
      double quality = semicolon < 0 ? 1 : quality(entry.substring(semicolon + 1));
      boolean any = coding.equals("*");
      if (any || coding.equals("gzip")) {
        gzip = Math.max(gzip, quality);
      }
      if (any || coding.equals("identity")) {
        identity = Math.max(identity, quality);
      }
    }
    return gzip > 0 && gzip > identity;
  }

  private static double quality(String parameter) {
    String trimmed = parameter.trim();
    return trimmed.startsWith("q=") ? Format.quality(trimmed.substring(2)) : 1;
  }
}
