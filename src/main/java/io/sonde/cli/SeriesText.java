package io.sonde.cli;

import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Span;
import io.sonde.view.Units;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** A series of probes for people: a line for each as it ends, and a summary. */
final class SeriesText {
  private final Screen screen;

  SeriesText(Screen screen) {
    this.screen = screen;
  }

  /**
   * The line of one probe.
   *
   * @param number counts from 1
   */
  String progress(int number, ProbeResult result) {
    Failure failure = result.verdict().failure();
    String verdict =
        failure == null
            ? screen.styled(Style.PASSED, "passed")
            : screen.styled(Style.FAILED, "FAILED");
    String rest =
        failure == null
            ? phases(result)
            : failure.phase().label()
                + "/"
                + failure.reason().label()
                + "  "
                + screen.visible(failure.message());
    return String.format(
        Locale.ROOT,
        "%5d  %s  %s %9s  %s%n",
        number,
        Units.timeOfDay(result.startedAt()),
        verdict,
        Units.time(result.duration().toNanos()),
        rest);
  }

  String summary(String module, String target, Tally tally) {
    Page page = new Page(screen);
    page.heading(screen.visible(module + "  " + target));
    page.labelled(
        "  ",
        Units.count(tally.count(), "probe")
            + String.format(Locale.ROOT, ", %,d passed, %,d failed", tally.passed(), tally.failed())
            + percent(tally));
    tally
        .failures()
        .forEach(
            (kind, count) ->
                page.labelled(String.format(Locale.ROOT, "%7d  ", count), Style.FAILED, kind));
    if (tally.passed() > 0) {
      Tally.Times times = tally.times();
      page.labelled(
          "  ",
          "passed in: min "
              + Units.time(times.min())
              + ", median "
              + Units.time(times.median())
              + ", p95 "
              + Units.time(times.p95())
              + ", max "
              + Units.time(times.max()));
    }
    return page.toString();
  }

  private static String percent(Tally tally) {
    return tally.failed() == 0
        ? ""
        : String.format(Locale.ROOT, " (%.1f %%)", 100.0 * tally.failed() / tally.count());
  }

  private static String phases(ProbeResult result) {
    Map<Phase, Long> sums = new EnumMap<>(Phase.class);
    for (Span span : result.spans()) {
      sums.merge(span.phase(), span.nanos(), Long::sum);
    }
    StringBuilder text = new StringBuilder();
    sums.forEach(
        (phase, nanos) -> {
          if (phase != Phase.CHECK && phase != Phase.SETUP) {
            text.append(text.isEmpty() ? "" : "  ").append(phase.label()).append(' ');
            text.append(String.format(Locale.ROOT, "%.2f", nanos / 1e6));
          }
        });
    return text.toString();
  }
}
