package io.sonde.config;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what cannot be sent in an HTTP request (RFC 9110 sections 5.1, 5.5 and 9.1). */
final class HttpWords {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private HttpWords() {}

  static void checkMethod(Fields fields, Reading in) {
    String method = fields.get(HttpBlock.METHOD);
    if (!method.isEmpty() && !TOKEN.matcher(method).matches()) {
      fields.unusable(in, HttpBlock.METHOD, "method is not an HTTP token");
    }
    for (String version : fields.get(HttpBlock.VALID_HTTP_VERSIONS)) {
      if (version.equals("HTTP/2") || version.equals("HTTP/3")) {
        fields.warn(
            in,
            HttpBlock.VALID_HTTP_VERSIONS,
            "no response ever has the version \"" + version + "\"",
            "did you mean " + version + ".0?");
      }
    }
  }

  static void checkHeaders(Fields fields, Reading in) {
    for (Map.Entry<String, String> header : fields.get(HttpBlock.HEADERS).entrySet()) {
      String problem = headerProblem(header.getKey(), header.getValue());
      if (problem != null) {
        fields.unusable(in, HttpBlock.HEADERS, problem);
      }
    }
  }

  /** Why a header cannot be sent, without its value; null if it can be. */
  static @Nullable String headerProblem(String name, String value) {
    if (!TOKEN.matcher(name).matches()) {
      return "\"" + name + "\" is not the name of a header";
    }
    return value.chars().anyMatch(HttpWords::isControl)
        ? "the value of header \"" + name + "\" contains control characters"
        : null;
  }

  private static boolean isControl(int character) {
    return (character < ' ' && character != '\t') || character == 0x7f;
  }
}
