package io.sonde.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Fields that every response carries: a few names, some with a few values. */
final class ResponseHeadersKind extends MapKind<String> {
  /** The allowed names, each with its allowed values; none stands for any. */
  private static final Map<String, List<String>> ALLOWED =
      Map.of(
          "Strict-Transport-Security", List.of(),
          "X-Content-Type-Options", List.of("nosniff"),
          "X-Frame-Options", List.of("deny", "sameorigin"),
          "X-XSS-Protection", List.of(),
          "Content-Security-Policy", List.of());

  ResponseHeadersKind() {
    super(Kinds.STRING, "");
  }

  @Override
  Map<String, Object> schema(Schema in) {
    Map<String, Object> properties = new TreeMap<>();
    ALLOWED.forEach(
        (name, values) ->
            properties.put(name, values.isEmpty() ? in.text() : Schema.object("enum", values)));
    return Schema.mapping(properties);
  }

  @Override
  String entry(YamlNode.Entry entry, Reading in) {
    String name = entry.key().text();
    String value = super.entry(entry, in);
    List<String> values = ALLOWED.get(name);
    if (values == null) {
      String near = Suggestions.nearest(name, ALLOWED.keySet());
      String hint = near == null ? "" : "did you mean " + near + "?";
      in.error(entry.key(), "HTTP header \"" + name + "\" can not be configured", hint);
      return value;
    }
    return checked(name, value, values, entry.value(), in);
  }

  /** The value on one line, as folded texts of YAML end with a line break. */
  private static String checked(
      String name, String value, List<String> allowed, YamlNode at, Reading in) {
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      String words =
          allowed.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(" "));
      in.error(
          at,
          "invalid value for "
              + name
              + ". Expected one of: ["
              + words
              + "], but got: \""
              + value
              + "\"",
          "");
      return value;
    }
    String line = value.replace('\n', ' ').replace('\r', ' ').strip();
    String problem = HttpWords.headerProblem(name, line);
    if (problem != null) {
      in.error(at, problem, "");
    }
    return line;
  }
}
