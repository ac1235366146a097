package io.sonde.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a request line asks for.
 *
 * @param path decoded, beginning with a slash
 * @param query what follows the question mark
 */
record RequestTarget(String path, QueryString query) {
  /** Reads the target of a request line: a path, or a whole URL. Null if it is malformed. */
  static @Nullable RequestTarget parse(String target) {
    int start = 0;
    if (!target.startsWith("/")) {
      int scheme = target.indexOf("://");
      if (scheme < 0) {
        return target.equals("*") ? new RequestTarget("*", new QueryString("")) : null;
      }
      start = endOfAuthority(target, scheme + 3);
    }
    int question = target.indexOf('?', start);
    int end = question < 0 ? target.length() : question;
    String path = QueryString.decodePath(target.substring(start, end));
    if (path == null) {
      return null;
    }
    String query = question < 0 ? "" : target.substring(question + 1);
    return new RequestTarget(path.isEmpty() ? "/" : path, new QueryString(query));
  }

  private static int endOfAuthority(String url, int start) {
    for (int i = start; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '/' || c == '?') {
        return i;
      }
    }
    return url.length();
  }

  /** The path without empty elements and without {@code .} and {@code ..} elements. */
  String cleanPath() {
    if (!path.contains("//") && !path.contains("/.")) {
      return path;
    }
    Deque<String> elements = new ArrayDeque<>();
    for (String element : path.split("/", -1)) {
      if (element.equals("..")) {
        elements.pollLast();
      } else if (!element.isEmpty() && !element.equals(".")) {
        elements.addLast(element);
      }
    }
    String clean = "/" + String.join("/", elements);
    return path.endsWith("/") && clean.length() > 1 ? clean + "/" : clean;
  }
}
