package io.sonde.cli;

import io.sonde.view.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The summary of a series of probes as the last JSON object of its output. */
final class SeriesJson {
  private SeriesJson() {}

  /** The object as a line, with its end. */
  static String line(String module, String shownTarget, Tally tally) {
    List<Object> failures = new ArrayList<>();
    tally
        .failures()
        .forEach(
            (kind, count) -> {
              int slash = kind.indexOf('/');
              Map<String, @Nullable Object> failure = new LinkedHashMap<>();
              failure.put("phase", kind.substring(0, slash));
              failure.put("reason", kind.substring(slash + 1));
              failure.put("count", count);
              failures.add(failure);
            });
    Map<String, @Nullable Object> summary = new LinkedHashMap<>();
    summary.put("module", module);
    summary.put("target", shownTarget);
    summary.put("count", tally.count());
    summary.put("passed", tally.passed());
    summary.put("failed", tally.failed());
    summary.put("failures", failures);
    summary.put("passed_duration_seconds", tally.passed() == 0 ? null : times(tally.times()));
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("summary", summary);
    return Json.of(object) + "\n";
  }

  private static Map<String, @Nullable Object> times(Tally.Times times) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("min", times.min() / 1e9);
    object.put("median", times.median() / 1e9);
    object.put("p95", times.p95() / 1e9);
    object.put("max", times.max() / 1e9);
    return object;
  }
}
