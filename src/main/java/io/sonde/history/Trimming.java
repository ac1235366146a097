package io.sonde.history;

import io.sonde.probe.Fact;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Sample;
import io.sonde.probe.Trail;
import java.util.ArrayList;
import java.util.List;

/** Makes a result small that would crowd others out. */
final class Trimming {
  private static final String CUT = "Records are left out, as this result was too large to keep";

  private Trimming() {}

  /**
   * The result with as much of its trail, from both ends, as fits; and if the rest alone is too
   * large, without facts, and without series that have labels.
   */
  static ProbeResult trim(ProbeResult result, int mostBytes) {
    ProbeResult bare = with(result, result.samples(), result.facts(), List.of());
    if (RetainedSize.of(bare) > mostBytes) {
      List<Sample> plain =
          result.samples().stream().filter(sample -> sample.labelValues().isEmpty()).toList();
      bare = with(result, plain, List.of(), List.of());
    }
    long room = (long) mostBytes - RetainedSize.of(bare);
    return with(result, bare.samples(), bare.facts(), ends(result.trail(), room));
  }

  private static List<Trail.Entry> ends(List<Trail.Entry> trail, long room) {
    List<Trail.Entry> head = new ArrayList<>();
    List<Trail.Entry> tail = new ArrayList<>();
    int first = 0;
    int last = trail.size() - 1;
    long left = room;
    while (first <= last) {
      boolean atHead = head.size() < tail.size();
      Trail.Entry next = atHead ? trail.get(first++) : trail.get(last--);
      left -= RetainedSize.of(next);
      if (left < 0) {
        head.add(new Trail.Entry(next.atNanos(), Trail.Level.WARN, CUT, List.of()));
        break;
      }
      (atHead ? head : tail).add(next);
    }
    for (int i = tail.size() - 1; i >= 0; i--) {
      head.add(tail.get(i));
    }
    return List.copyOf(head);
  }

  private static ProbeResult with(
      ProbeResult result, List<Sample> samples, List<Fact> facts, List<Trail.Entry> trail) {
    return new ProbeResult(
        result.id(),
        result.request(),
        result.verdict(),
        result.abandoned(),
        result.startedAt(),
        result.startNanos(),
        result.duration(),
        result.spans(),
        samples,
        facts,
        trail);
  }
}
