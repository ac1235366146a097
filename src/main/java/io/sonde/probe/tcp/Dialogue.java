package io.sonde.probe.tcp;

import io.sonde.config.QueryResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dialogue of a module, compiled.
 *
 * @param steps in their order
 * @param problem why no probe can have this dialogue; null if there is no such reason
 */
record Dialogue(List<Step> steps, @Nullable String problem) {
  Dialogue {
    steps = List.copyOf(steps);
  }

  /** Compiles what was configured. */
  static Dialogue of(List<QueryResponse> entries) {
    List<Step> steps = new ArrayList<>();
    for (QueryResponse entry : entries) {
      steps.add(Step.of(steps.size() + 1, entry));
    }
    return new Dialogue(steps, problem(steps));
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Whether the connection is upgraded to TLS on the way. */
  boolean startsTls() {
    return steps.stream().anyMatch(Step::startsTls);
  }

  private static @Nullable String problem(List<Step> steps) {
    ExpectLabels first = null;
    for (Step step : steps) {
      ExpectLabels labels = step.labels();
      if (labels == null) {
        continue;
      }
      String problem = labels.problem();
      if (problem != null) {
        return problem;
      }
      if (first != null && !first.names().equals(labels.names())) {
        return "query_response: the entries with labels must have the same label names, got "
            + first.names()
            + " and "
            + labels.names();
      }
      first = labels;
    }
    return null;
  }
}
