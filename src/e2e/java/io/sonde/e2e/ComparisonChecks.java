package io.sonde.e2e;

import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts every case to both exporters. Fails on a difference that {@code docs/compatibility.md} does
 * not list, and on one listed there that no longer appears.
 */
final class ComparisonChecks {
  /** The release whose differences the table lists. */
  private static final String JUDGED_VERSION = "0.28.";

  private final Tally tally;
  private final Stage stage;
  private final Exporter reference;
  private final Exporter sonde;
  private final ExpectedDifferences expected;
  private final PresenceMatrix presence;
  private int alike;
  private int asListed;

  ComparisonChecks(
      Tally tally,
      Stage stage,
      Exporter reference,
      Exporter sonde,
      ExpectedDifferences expected,
      PresenceMatrix presence) {
    this.tally = tally;
    this.stage = stage;
    this.reference = reference;
    this.sonde = sonde;
    this.expected = expected;
    this.presence = presence;
  }

  /** Runs all cases whose names begin with {@code prefix}. */
  void run(List<Case> cases, String prefix, String referenceVersion) throws IOException {
    boolean judged = referenceVersion.startsWith(JUDGED_VERSION);
    for (Case one : cases) {
      if (!one.name().startsWith(prefix)) {
        continue;
      }
      if (judged) {
        tally.claim("comparison: " + one.name(), () -> compare(one));
      } else {
        report(one);
      }
    }
    if (!judged) {
      tally.skip("judging the comparison: the table is not about " + referenceVersion);
      return;
    }
    for (String id : prefix.isEmpty() ? expected.ids() : List.<String>of()) {
      tally.claim(
          "comparison: listed difference " + id + " still appears",
          () -> Tally.isTrue(!expected.isUnused(id), "no case shows it any more"));
    }
    System.out.printf(
        "e2e: compared %d cases with blackbox_exporter %s: %d alike save for what every"
            + " probe differs in, %d with listed differences of their own%n",
        cases.size(), referenceVersion, alike, asListed);
  }

  private void compare(Case one) throws IOException {
    Comparison.Outcome theirs = outcome(one, reference);
    Comparison.Outcome ours = outcome(one, sonde);
    if (Boolean.getBoolean("tell")) {
      System.out.println("e2e: reference on " + one.name() + theirs.told());
    }
    Tally.same("reference says " + one.verdict(), "reference says " + verdict(theirs.answer()));
    if (!one.shows().isEmpty()) {
      presence.judge(one.shows(), Exposition.parse(theirs.body()));
    }
    List<Comparison.Difference> differences = differences(one, theirs, ours);
    List<String> complaints = new ArrayList<>(cause(one, ours));
    for (Comparison.Difference difference : differences) {
      if (!expected.covers(one.name(), difference)) {
        complaints.add(difference.toString());
      }
    }
    Tally.isTrue(complaints.isEmpty(), String.join("\n", complaints));
    if (differences.stream().allMatch(expected::isEverywhere)) {
      alike++;
    } else {
      asListed++;
    }
  }

  private void report(Case one) throws IOException {
    for (Comparison.Difference difference :
        differences(one, outcome(one, reference), outcome(one, sonde))) {
      System.out.println("e2e: not judged: " + one.name() + ": " + difference);
    }
  }

  private static List<Comparison.Difference> differences(
      Case one, Comparison.Outcome theirs, Comparison.Outcome ours) throws IOException {
    String ignored =
        one.ignored().startsWith("wire") ? one.ignored() : "value:" + one.ignored() + ":";
    return Comparison.of(theirs, ours).stream()
        .filter(difference -> !difference.subject().startsWith(ignored))
        .toList();
  }

  /** A failed probe names exactly one cause, and the right one; a passed one names none. */
  private static List<String> cause(Case one, Comparison.Outcome ours) throws IOException {
    Exposition metrics = Exposition.parse(ours.body());
    Exposition.Family info = metrics.families().get("probe_failure_info");
    Set<String> causes = info == null ? Set.of() : info.series().keySet();
    boolean failed = metrics.value("probe_success").equals("0");
    if (causes.size() != (failed ? 1 : 0)) {
      return List.of("causes of failure: " + causes);
    }
    String[] why = one.why().replace("*", "[a-z_]+").split("/");
    if (failed && why.length == 2) {
      String pattern = "\\{phase=\"" + why[0] + "\",reason=\"" + why[1] + "\"}";
      if (!causes.iterator().next().matches(pattern)) {
        return List.of("expected the cause " + one.why() + ", got " + causes);
      }
    }
    return List.of();
  }

  private Comparison.Outcome outcome(Case one, Exporter exporter) throws IOException {
    stage.arrivals().take();
    Http.Answer answer = one.run(exporter);
    return new Comparison.Outcome(answer, stage.arrivals().take());
  }

  private static String verdict(Http.Answer answer) throws IOException {
    if (answer.status() != 200) {
      return Integer.toString(answer.status());
    }
    String success = Exposition.parse(answer.body()).value("probe_success");
    return success.equals("1") ? "pass" : "fail";
  }
}
