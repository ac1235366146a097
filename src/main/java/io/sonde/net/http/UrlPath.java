package io.sonde.net.http;

import java.util.ArrayList;
import java.util.List;

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
    List<String> kept = new ArrayList<>();
    String rest = path.charAt(0) == '/' ? path.substring(1) : path;
    String last = "";
    for (String segment : rest.split("/", -1)) {
      last = segment;
      if (segment.equals("..")) {
        if (!kept.isEmpty()) {
          kept.remove(kept.size() - 1);
        }
      } else if (!segment.equals(".")) {
        kept.add(segment);
      }
    }
    String clean = "/" + String.join("/", kept);
    boolean endsInDots = last.equals(".") || last.equals("..");
    return endsInDots && !clean.endsWith("/") ? clean + "/" : clean;
  }
}
