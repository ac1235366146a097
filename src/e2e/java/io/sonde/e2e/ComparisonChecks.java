package io.sonde.e2e;

import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts every case to both exporters. Fails on a difference that {@code docs/compatibility.md} does
 * not list, and on one listed there that no longer appears.
 *
 * <p>Sonde is asked once and keeps to what it said. The reference now and then gives another answer
 * to the same probe; where the two disagree it is asked again, and what holds is whether one of its
 * answers agrees. How often that happened is told at the end.
 */
final class ComparisonChecks {
  /** The release whose differences the table lists. */
  private static final String JUDGED_VERSION = "0.28.";

  private static final int ANSWERS_OF_THE_REFERENCE = 3;

  private final Tally tally;
  private final Stage stage;
  private final Exporter reference;
  private final Exporter sonde;
  private final ExpectedDifferences expected;
  private final PresenceMatrix presence;
  private int alike;
  private int asListed;
  private final List<String> unsteady = new ArrayList<>();

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
            + " probe differs in, %d with listed differences of their own; the reference took %d"
            + " answers back%n",
        cases.size(), referenceVersion, alike, asListed, unsteady.size());
  }

  private void compare(Case one) throws IOException {
    Comparison.Outcome theirs = outcome(one, reference);
    Comparison.Outcome ours = outcome(one, sonde);
    List<String> complaints = complaints(one, theirs, ours);
    for (int asked = 1; asked < ANSWERS_OF_THE_REFERENCE && !complaints.isEmpty(); asked++) {
      Comparison.Outcome again = outcome(one, reference);
      if (complaints(one, again, ours).isEmpty()) {
        unsteady.add(one.name());
        System.out.printf("e2e: the reference takes %s back: %s%n", one.name(), complaints);
        theirs = again;
        complaints = List.of();
      }
    }
    if (Boolean.getBoolean("tell")) {
      System.out.println("e2e: reference on " + one.name() + theirs.told());
    }
    Tally.isTrue(complaints.isEmpty(), String.join("\n", complaints));
    if (differences(one, theirs, ours).stream().allMatch(expected::isEverywhere)) {
      alike++;
    } else {
      asListed++;
    }
  }

  private List<String> complaints(Case one, Comparison.Outcome theirs, Comparison.Outcome ours)
      throws IOException {
    List<String> complaints = new ArrayList<>(cause(one, ours));
    String verdict = verdict(theirs.answer());
    if (!verdict.equals(one.verdict())) {
      complaints.add("expected the reference to say " + one.verdict() + ", it says " + verdict);
      return complaints;
    }
    if (!one.shows().isEmpty()) {
      complaints.addAll(presence.complaints(one.shows(), Exposition.parse(theirs.body())));
    }
    for (Comparison.Difference difference : differences(one, theirs, ours)) {
      if (!expected.covers(one.name(), difference)) {
        complaints.add(difference.toString());
      }
    }
    return complaints;
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
