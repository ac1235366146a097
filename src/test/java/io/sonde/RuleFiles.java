package io.sonde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rules that are shipped for Prometheus, and the tests of them. */
final class RuleFiles {
  static final Path FOLDER = Path.of("config", "prometheus");

  private RuleFiles() {}

  /** An alert; labels and annotations are as written. */
  record Alert(String name, Map<?, ?> labels, Map<?, ?> annotations) {}

  /** One question of a test: how many alerts of a name there are at a time. */
  record Expectation(String alert, int minute, int count) {}

  /** The alerts in their order. */
  static List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    for (Map<?, ?> rule : rules("alert")) {
      alerts.add(
          new Alert(
              text(rule, "alert"),
              (Map<?, ?>) value(rule, "labels"),
              (Map<?, ?>) value(rule, "annotations")));
    }
    return alerts;
  }

  /** The names of all recording rules, each once. */
  static List<String> recorded() {
    return rules("record").stream().map(rule -> text(rule, "record")).distinct().toList();
  }

  /** The expressions of all rules. */
  static List<String> expressions() {
    return Stream.concat(rules("alert").stream(), rules("record").stream())
        .map(rule -> text(rule, "expr"))
        .toList();
  }

  /** What each test of alerts asks, in the order of time. */
  static List<List<Expectation>> expectations() {
    List<List<Expectation>> all = new ArrayList<>();
    for (Map<?, ?> test : tests()) {
      Map<String, List<Expectation>> byAlert = new TreeMap<>();
      for (Map<?, ?> asked : maps(test.get("alert_rule_test"))) {
        String alert = text(asked, "alertname");
        int minute = Integer.parseInt(text(asked, "eval_time").replace("m", ""));
        int count = maps(asked.get("exp_alerts")).size();
        byAlert
            .computeIfAbsent(alert, any -> new ArrayList<>())
            .add(new Expectation(alert, minute, count));
      }
      all.addAll(byAlert.values());
    }
    return all;
  }

  /** The expressions whose values tests state. */
  static List<String> testedExpressions() {
    return tests().stream()
        .flatMap(test -> maps(test.get("promql_expr_test")).stream())
        .map(asked -> text(asked, "expr"))
        .toList();
  }

  private static List<Map<?, ?>> tests() {
    return files(FOLDER.resolve("tests")).stream()
        .flatMap(file -> maps(value(load(file), "tests")).stream())
        .toList();
  }

  private static List<Map<?, ?>> rules(String kind) {
    return files(FOLDER).stream()
        .flatMap(file -> maps(value(load(file), "groups")).stream())
        .flatMap(group -> maps(value(group, "rules")).stream())
        .filter(rule -> rule.containsKey(kind))
        .toList();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A YAML file whose root is a map. */
  static Map<?, ?> load(Path file) {
    try {
      Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      return (Map<?, ?>) yaml.load(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The maps of a list, none if there is no list. */
  static List<Map<?, ?>> maps(@Nullable Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (list != null) {
      ((List<?>) list).forEach(entry -> maps.add((Map<?, ?>) entry));
    }
    return maps;
  }

  /** The value of a key that must be there, as text. */
  static String text(Map<?, ?> map, String key) {
    return value(map, key).toString();
  }

  private static Object value(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      throw new AssertionError("no " + key + " in " + map);
    }
    return value;
  }
}
