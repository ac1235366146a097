package io.sonde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts, their runbooks, their tests and what is written of them belong together. */
class AlertsDocumentTest {
  private static final Path RUNBOOKS = Path.of("docs", "runbooks");
  private static final Path DOCUMENT = Path.of("docs", "alerts.md");
  private static final Path ROUTES = Path.of("config", "alertmanager", "alertmanager.yml");
  private static final List<String> SECTIONS =
      List.of("Meaning", "Impact", "Quick check", "Causes and fixes", "Escalation");
  private static final Pattern RECORDED_ROW =
      Pattern.compile("^\\| `((?:instance|job|sonde):[\\w:]+)`", Pattern.MULTILINE);
  private static final Pattern METRIC_ROW = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);

  /** What names a metric in an expression: words of this kind that nothing else is made of. */
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:up\\b|(?:instance|job|sonde):[\\w:]+|(?:probe|sonde|blackbox)_\\w+)");

  private static final Pattern NAME_MATCHER = Pattern.compile("^alertname =~? \"(.+)\"$");
  private static final Pattern WINDOW = Pattern.compile("(?<=:(?:avg|burn))\\d+[mhd]$");

  static List<RuleFiles.Alert> alerts() {
    return RuleFiles.alerts();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void everyAlertSaysWhatItMeansAndWhereToReadOn(RuleFiles.Alert alert) throws IOException {
    String severity = RuleFiles.text(alert.labels(), "severity");
    assertTrue(Set.of("info", "warning", "critical").contains(severity), severity);
    assertTrue(RuleFiles.text(alert.annotations(), "summary").length() > 10, "a summary");
    assertTrue(RuleFiles.text(alert.annotations(), "description").length() > 50, "a description");
    assertEquals(
        "{{ range query \"sonde:runbooks:info\" }}{{ .Labels.base }}{{ end }}/"
            + alert.name()
            + ".md",
        RuleFiles.text(alert.annotations(), "runbook_url"));
    String page = Files.readString(RUNBOOKS.resolve(alert.name() + ".md"));
    assertTrue(
        page.startsWith("# " + alert.name() + "\n\nSeverity: " + severity + ".\n"),
        "the page begins with the name and the severity");
    for (String section : SECTIONS) {
      assertTrue(page.contains("\n## " + section + "\n"), section);
    }
    assertTrue(page.contains("```promql\n"), "an expression to ask");
    assertTrue(page.contains("```sh\ncurl ") || page.contains("; do curl "), "a command to run");
  }

  @Test
  void everyPageBelongsToAnAlert() throws IOException {
    try (Stream<Path> pages = Files.list(RUNBOOKS)) {
      List<String> expected =
          Stream.concat(names().stream(), Stream.of("README")).sorted().toList();
      List<String> there =
          pages
              .map(page -> page.getFileName().toString().replaceFirst("\\.md$", ""))
              .sorted()
              .toList();
      assertEquals(expected, there);
    }
  }

  @Test
  void theIndexListsEveryAlertWithItsSeverity() throws IOException {
    String index = Files.readString(RUNBOOKS.resolve("README.md"));
    List<String> listed =
        Pattern.compile("^\\| \\[(\\w+)]\\(\\1\\.md\\) \\| (\\w+) \\|", Pattern.MULTILINE)
            .matcher(index)
            .results()
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();
    assertEquals(
        alerts().stream()
            .map(alert -> alert.name() + " " + RuleFiles.text(alert.labels(), "severity"))
            .toList(),
        listed);
  }

  @Test
  void everyRecordedNameIsDocumentedAndNoOther() throws IOException {
    Set<String> documented =
        RECORDED_ROW
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(row -> withoutWindow(row.group(1)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        RuleFiles.recorded().stream()
            .map(AlertsDocumentTest::withoutWindow)
            .collect(Collectors.toCollection(TreeSet::new)),
        documented);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void aTestSeesEveryAlertBeginAndEnd(RuleFiles.Alert alert) {
    assertTrue(
        RuleFiles.expectations().stream()
            .filter(asked -> asked.get(0).alert().equals(alert.name()))
            .anyMatch(AlertsDocumentTest::risesAndFalls),
        "no test in which " + alert.name() + " fires, and neither before nor after");
  }

  @Test
  void aTestStatesAValueOfEveryRecordedName() {
    String asked = String.join("\n", RuleFiles.testedExpressions());
    List<String> untested =
        RuleFiles.recorded().stream()
            .filter(name -> !Pattern.compile(name + "(?![\\w:])").matcher(asked).find())
            .toList();
    assertEquals(List.of(), untested);
  }

  @Test
  void rulesAskForWhatThereIs() throws IOException {
    Set<String> known =
        METRIC_ROW
            .matcher(Files.readString(Path.of("docs", "metrics.md")))
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(RuleFiles.recorded());
    known.add("up");
    for (String expression : RuleFiles.expressions()) {
      Set<String> unknown =
          METRIC
              .matcher(expression)
              .results()
              .map(found -> found.group().replaceFirst("_bucket$", ""))
              .filter(name -> !known.contains(name))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(Set.of(), unknown, expression);
    }
  }

  @Test
  void whatIsHeldBackAreAlertsThatThereAre() {
    int matchers = 0;
    for (Map<?, ?> rule : RuleFiles.maps(RuleFiles.load(ROUTES).get("inhibit_rules"))) {
      for (String side : List.of("source_matchers", "target_matchers")) {
        for (Object matcher : (List<?>) Objects.requireNonNull(rule.get(side))) {
          MatchResult name = nameIn(matcher.toString());
          for (String alternative : name.group(1).split("\\|")) {
            assertTrue(names().stream().anyMatch(alert -> alert.matches(alternative)), alternative);
            matchers++;
          }
        }
      }
    }
    assertTrue(matchers > 0, "there are inhibition rules");
  }

  private static MatchResult nameIn(String matcher) {
    return NAME_MATCHER
        .matcher(matcher)
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError("not a matcher of names: " + matcher));
  }

  private static List<String> names() {
    return alerts().stream().map(RuleFiles.Alert::name).toList();
  }

  private static boolean risesAndFalls(List<RuleFiles.Expectation> asked) {
    int first = asked.get(0).count();
    int most = asked.stream().mapToInt(RuleFiles.Expectation::count).max().orElse(0);
    int last = asked.get(asked.size() - 1).count();
    return first < most && last < most;
  }

  private static String withoutWindow(String name) {
    return WINDOW.matcher(name).replaceFirst("");
  }
}
