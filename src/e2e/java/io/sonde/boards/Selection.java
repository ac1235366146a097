package io.sonde.boards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a reader has chosen for the variables of a dashboard, and how queries look then: Grafana
 * puts the text of the choice in place of the variable before it asks.
 */
final class Selection {
  /** Four times the scrape interval that Grafana takes a data source to have. */
  private static final String RATE_INTERVAL = "1m0s";

  /** A dollar and a number are for PromQL: a group of a regular expression. */
  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}|\\$([A-Za-z_]\\w*)");

  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((?:(.+), )?(\\w+)\\)", Pattern.DOTALL);

  private final Map<String, String> chosen;

  private Selection(Map<String, String> chosen) {
    this.chosen = chosen;
  }

  static Selection nothing() {
    return new Selection(Map.of("__rate_interval", RATE_INTERVAL));
  }

  /** Everything wherever it can be chosen; where it can not, one selection for each value. */
  static List<Selection> all(Dashboard dashboard, Source source) throws IOException {
    return choose(dashboard, source, false);
  }

  /** The same, with every value named. */
  static List<Selection> listed(Dashboard dashboard, Source source) throws IOException {
    return choose(dashboard, source, true);
  }

  private static List<Selection> choose(Dashboard dashboard, Source source, boolean listed)
      throws IOException {
    List<Selection> selections = List.of(nothing());
    for (Json variable : dashboard.variables()) {
      List<Selection> further = new ArrayList<>();
      for (Selection selection : selections) {
        for (String value : selection.choices(variable, source, listed)) {
          further.add(selection.with(variable.at("name").text(), value));
        }
      }
      selections = further;
    }
    return selections;
  }

  private List<String> choices(Json variable, Source source, boolean listed) throws IOException {
    return switch (variable.at("type").text()) {
      case "query" -> {
        Collection<String> values = values(variable.at("query").at("query").text(), source);
        if (!variable.at("includeAll").isTrue()) {
          yield values.stream().map(Selection::quoted).toList();
        }
        yield List.of(listed ? anyOf(values) : variable.at("allValue").text());
      }
      case "custom" -> List.of(variable.at("query").text().split(","));
      default -> List.of(variable.at("current").at("value").text());
    };
  }

  /** The values that a {@code label_values(SELECTOR, LABEL)} brings; none is a failure. */
  Collection<String> values(String query, Source source) throws IOException {
    Matcher parts = LABEL_VALUES.matcher(query);
    if (!parts.matches()) {
      throw new AssertionError("not a query for the values of a label: " + query);
    }
    TreeSet<String> values = new TreeSet<>(source.values(parts.group(2), fill(parts.group(1))));
    if (values.isEmpty()) {
      throw new AssertionError("no values: " + fill(query));
    }
    return values;
  }

  /** Of several values Grafana makes a regular expression, for {@code =~}. */
  static String anyOf(Collection<String> values) {
    return values.stream()
        .map(value -> quoted(value.replaceAll("[\\\\^$*+?.()|\\[\\]{}]", "\\\\$0")))
        .collect(Collectors.joining("|", "(", ")"));
  }

  /** A value as it stands between quotes in PromQL. */
  private static String quoted(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  Selection with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(chosen);
    more.put(variable, value);
    return new Selection(more);
  }

  /** The text with each variable replaced by what was chosen. */
  String fill(String text) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              String name = place.group(1) == null ? place.group(2) : place.group(1);
              String value = chosen.get(name);
              if (value == null) {
                throw new AssertionError("no such variable: " + name + " in " + text);
              }
              return Matcher.quoteReplacement(value);
            });
  }

  @Override
  public String toString() {
    return chosen.toString();
  }
}
