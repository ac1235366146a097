package io.sonde.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters in the query of a URL, as they are written. */
final class UrlQuery {
  private static final Pattern PARAMETER = Pattern.compile("([?&])([^=&#]*)=([^&#]*)");

  private UrlQuery() {}

  /** Values by name; of several of one name the last. */
  static Map<String, String> values(String url) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(url);
    while (parameter.find()) {
      values.put(parameter.group(2), parameter.group(3));
    }
    return values;
  }

  /** The URL with {@code xxxxx} for each value whose name carries credentials. */
  static String redacted(String url) {
    return PARAMETER
        .matcher(url)
        .replaceAll(
            parameter ->
                Matcher.quoteReplacement(
                    Credentials.areIn(parameter.group(2))
                        ? parameter.group(1) + parameter.group(2) + "=xxxxx"
                        : parameter.group()));
  }
}
