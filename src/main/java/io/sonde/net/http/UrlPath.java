package io.sonde.net.http;

/** Merging and cleaning of paths (RFC 3986, sections 5.2.3 and 5.2.4). */
final class UrlPath {
  private UrlPath() {}

  /** The path that {@code reference} means at {@code base}; empty only if both are. */
  static String resolve(String base, String reference) {
    String full = merge(base, reference);
    return full.isEmpty() || isClean(full) ? full : withoutDots(full);
  }

  private static String merge(String base, String reference) {
    if (reference.isEmpty()) {
      return base;
    }
    if (reference.charAt(0) == '/') {
      return reference;
    }
    return base.substring(0, base.lastIndexOf('/') + 1) + reference;
  }

  private static boolean isClean(String path) {
    return path.charAt(0) == '/' && !path.contains("/.");
  }

  private static String withoutDots(String path) {
    StringBuilder clean = new StringBuilder(path.length() + 1);
    boolean endsInDots = false;
    int start = path.charAt(0) == '/' ? 1 : 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      boolean up = end - start == 2 && path.startsWith("..", start);
      endsInDots = up || (end - start == 1 && path.charAt(start) == '.');
      if (up) {
        clean.setLength(Math.max(0, clean.lastIndexOf("/")));
      } else if (!endsInDots) {
        clean.append('/').append(path, start, end);
      }
      start = end + 1;
    }
    boolean lacksSlash = clean.length() == 0 || clean.charAt(clean.length() - 1) != '/';
    return (clean.length() == 0 || endsInDots) && lacksSlash
        ? clean.append('/').toString()
        : clean.toString();
  }
}
