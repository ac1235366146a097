package io.sonde.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters in the query or in the fragment of a URL, as they are written. */
final class UrlQuery {
  private static final Pattern PARAMETER = Pattern.compile("([?&#;])([^=&#;?]*)=([^&#]*)");

  private UrlQuery() {}

  /** Those that carry credentials: texts as written, {@code name=value}, and the value of each. */
  static Map<String, String> credentials(String url) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(url);
    while (parameter.find()) {
      String name = parameter.group(2);
      String value = parameter.group(3);
      if (!value.isEmpty() && Credentials.areInParameter(name)) {
        values.put(name + '=' + value, value);
      }
    }
    return values;
  }

  /** Query and fragment of a URL that has parameters. */
  static String behindPath(String url) {
    Matcher parameter = PARAMETER.matcher(url);
    return parameter.find() ? url.substring(parameter.start() + 1) : "";
  }

  /** The URL with {@code xxxxx} for each value whose name carries credentials. */
  static String redacted(String url) {
    return PARAMETER
        .matcher(url)
        .replaceAll(
            parameter ->
                Matcher.quoteReplacement(
                    Credentials.areInParameter(parameter.group(2))
                        ? parameter.group(1) + parameter.group(2) + "=xxxxx"
                        : parameter.group()));
  }
}
