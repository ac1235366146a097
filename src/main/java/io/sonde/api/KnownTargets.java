package io.sonde.api;

import io.sonde.history.History;
import io.sonde.history.Point;
import io.sonde.history.Query;
import io.sonde.history.TargetState;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the targets are that were probed. */
final class KnownTargets {
  static final List<String> PARAMETERS =
      List.of("module", "target_contains", "result", "limit", "cursor");
  static final List<String> PARAMETERS_OF_ONE = List.of("module", "target");

  private static final double MICROS_PER_SECOND = 1e6;

  private final History history;

  KnownTargets(History history) {
    this.history = history;
  }

  /** Those that match, in the order of modules, then targets. */
  Map<String, @Nullable Object> list(Parameters parameters, String rest) throws RefusedException {
    String module = parameters.text("module");
    String part = parameters.text("target_contains", PastProbes.MOST_PART_CHARACTERS);
    Boolean success = parameters.word("result", PastProbes.RESULTS);
    int limit = parameters.number("limit", 1, PastProbes.MOST_RESULTS, PastProbes.USUAL_RESULTS);
    TargetPlace after =
        parameters.read("cursor", "the next of an earlier answer", TargetPlace::ofCursor);
    parameters.throwIfAnyIsWrong();
    Page page = new Page(limit);
    String next = null;
    TargetPlace last = null;
    List<TargetState> states = history.targets();
    states.sort(Comparator.comparing(TargetPlace::of));
    for (TargetState state : states) {
      if ((module == null || module.equals(state.module()))
          && (part == null || Query.contains(state.target(), part))
          && (success == null || success == state.success())
          && (after == null || TargetPlace.of(state).compareTo(after) > 0)) {
        if (!page.takes(state.target().length())) {
          next = last == null ? null : last.cursor();
          break;
        }
        page.add(object(state));
        last = TargetPlace.of(state);
      }
    }
    return page.answer("targets", next);
  }

  /** One, with its latest results in numbers. */
  Map<String, @Nullable Object> one(Parameters parameters, String rest) throws RefusedException {
    String module = parameters.required("module");
    String target = parameters.required("target");
    parameters.throwIfAnyIsWrong();
    TargetState state = history.target(module, target);
    if (state == null) {
      throw new RefusedException(
          404,
          "Nothing is kept of target "
              + Shown.quoted(ProbeRequest.shown(target))
              + " as module "
              + Shown.quoted(module)
              + " sees it: it was probed long ago, or never",
          List.of());
    }
    Map<String, @Nullable Object> object = object(state);
    object.put("results", history.points(module, target).stream().map(this::point).toList());
    return object;
  }

  private static Map<String, @Nullable Object> object(TargetState state) {
    Point last = state.last();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("module", state.module());
    object.put("target", state.target());
    object.put("success", state.success());
    object.put("phase", last.failedIn() == null ? null : last.failedIn().label());
    object.put("reason", last.reason() == null ? null : last.reason().label());
    object.put("since", state.since().toString());
    object.put("last_id", last.id());
    object.put("last_started_at", last.startedAt().toString());
    object.put("last_duration_seconds", last.durationMicros() / MICROS_PER_SECOND);
    object.put("last_success_id", id(state.lastSuccess()));
    object.put("last_failure_id", id(state.lastFailure()));
    object.put("first_seen", state.firstSeen().toString());
    object.put("passed", state.passed());
    object.put("failed", state.failed());
    return object;
  }

  private static @Nullable Long id(@Nullable ProbeResult result) {
    return result == null ? null : result.id();
  }

  private Map<String, @Nullable Object> point(Point point) {
    Map<String, @Nullable Object> phases = new LinkedHashMap<>();
    for (Map.Entry<Phase, Long> phase : point.phaseMicros().entrySet()) {
      phases.put(phase.getKey().label(), phase.getValue() / MICROS_PER_SECOND);
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("id", point.id());
    object.put("success", point.success());
    object.put("phase", point.failedIn() == null ? null : point.failedIn().label());
    object.put("reason", point.reason() == null ? null : point.reason().label());
    object.put("started_at", point.startedAt().toString());
    object.put("duration_seconds", point.durationMicros() / MICROS_PER_SECOND);
    object.put("phase_seconds", phases);
    return object;
  }
}
