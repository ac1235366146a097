package io.sonde.net.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;

/** The fields of a form as text ({@code application/x-www-form-urlencoded}). */
final class FormFields {
  private FormFields() {}

  /** The fields, names sorted, as blackbox_exporter sends them. */
  static String encode(SortedMap<String, String> fields) {
    StringJoiner form = new StringJoiner("&");
    fields.forEach((name, value) -> form.add(escape(name) + '=' + escape(value)));
    return form.toString();
  }

  /** One name or value, escaped. */
  static String escape(String text) {
    // The encoder leaves the asterisk and escapes the tilde; Go does it the other way round.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  /**
   * The fields of a form; of several values of one name the first.
   *
   * @throws IllegalArgumentException if an escape is wrong; the message quotes nothing
   */
  static Map<String, String> decode(String form) {
    Map<String, String> fields = new HashMap<>();
    for (String field : form.split("&", -1)) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? field : field.substring(0, equals);
      String value = equals < 0 ? "" : field.substring(equals + 1);
      if (!field.isEmpty()) {
        fields.putIfAbsent(unescape(name), unescape(value));
      }
    }
    return fields;
  }

  private static String unescape(String text) {
    if (text.indexOf(';') >= 0 || !Percent.isWellFormed(text)) {
      throw new IllegalArgumentException("malformed form");
    }
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
