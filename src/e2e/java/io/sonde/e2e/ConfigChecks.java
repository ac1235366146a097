package io.sonde.e2e;

import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what both exporters show on {@code /config}: the same data in the same order, whatever
 * the white space and the quotes.
 */
final class ConfigChecks {
  private static final String CASE = "/config";

  private final Tally tally;
  private final Exporter reference;
  private final Exporter sonde;
  private final ExpectedDifferences expected;

  ConfigChecks(Tally tally, Exporter reference, Exporter sonde, ExpectedDifferences expected) {
    this.tally = tally;
    this.reference = reference;
    this.sonde = sonde;
    this.expected = expected;
  }

  void run() {
    tally.claim(
        "comparison: /config shows the same data in the same order",
        () -> {
          List<String> complaints = new ArrayList<>();
          Set<String> theirs = paths(Http.get(reference.port(), CASE).body());
          Set<String> ours = paths(Http.get(sonde.port(), CASE).body());
          missing("only-reference:", theirs, ours, complaints);
          missing("only-sonde:", ours, theirs, complaints);
          List<String> theirOrder = new ArrayList<>(theirs);
          theirOrder.retainAll(ours);
          List<String> ourOrder = new ArrayList<>(ours);
          ourOrder.retainAll(theirs);
          for (int i = 0; complaints.isEmpty() && i < theirOrder.size(); i++) {
            Tally.same(theirOrder.get(i), ourOrder.get(i));
          }
          Tally.isTrue(complaints.isEmpty(), String.join("\n", complaints));
        });
  }

  private void missing(String side, Set<String> have, Set<String> lack, List<String> complaints) {
    for (String path : have) {
      Comparison.Difference difference = new Comparison.Difference(side + path, path, path);
      if (!lack.contains(path) && !expected.covers(CASE, difference)) {
        complaints.add(difference.subject());
      }
    }
  }

  /**
   * Each line with the keys above it, so that {@code a:} over {@code b: c} reads {@code a/b: c}.
   */
  private static Set<String> paths(String yaml) throws IOException {
    Set<String> paths = new LinkedHashSet<>();
    Deque<String> keys = new ArrayDeque<>();
    Deque<Integer> depths = new ArrayDeque<>();
    for (String line : yaml.split("\n")) {
      int depth = line.length() - line.stripLeading().length();
      while (!depths.isEmpty() && depths.peek() >= depth) {
        depths.pop();
        keys.pop();
      }
      String text = line.strip().replaceAll("[\"']", "");
      paths.add(String.join("/", reversed(keys)) + "/" + text);
      keys.push(text);
      depths.push(depth);
    }
    return paths;
  }

  private static List<String> reversed(Deque<String> stack) {
    List<String> list = new ArrayList<>();
    stack.descendingIterator().forEachRemaining(list::add);
    return list;
  }
}
