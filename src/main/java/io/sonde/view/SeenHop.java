package io.sonde.view;

import io.sonde.probe.Fact;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One hop of a probe as it is shown: where its time went, and what was learnt there. */
public record SeenHop(int number, List<Span> spans, List<Fact> facts) {

  /** The hops of a probe in their order; at least one. */
  public static List<SeenHop> of(ProbeResult result) {
    TreeSet<Integer> numbers = new TreeSet<>();
    result.spans().forEach(span -> numbers.add(span.hop()));
    result.facts().forEach(fact -> numbers.add(fact.hop()));
    if (numbers.isEmpty()) {
      numbers.add(0);
    }
    List<SeenHop> hops = new ArrayList<>();
    for (int number : numbers) {
      hops.add(
          new SeenHop(
              number,
              result.spans().stream().filter(span -> span.hop() == number).toList(),
              result.facts().stream().filter(fact -> fact.hop() == number).toList()));
    }
    return hops;
  }

  /** The latest fact of a kind in any of the hops, or null. */
  public static <F extends Fact> @Nullable F latest(List<SeenHop> hops, Class<F> kind) {
    F latest = null;
    for (SeenHop hop : hops) {
      F found = hop.latest(kind);
      latest = found == null ? latest : found;
    }
    return latest;
  }

  /** The latest fact of a kind, or null. */
  public <F extends Fact> @Nullable F latest(Class<F> kind) {
    F latest = null;
    for (Fact fact : facts) {
      if (kind.isInstance(fact)) {
        latest = kind.cast(fact);
      }
    }
    return latest;
  }
}
