package io.sonde.probe.websocket;

import io.sonde.config.QueryResponse;
import io.sonde.config.Regex;
import io.sonde.net.dialogue.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a dialogue, compiled.
 *
 * @param number from 1
 * @param expect what the next message must match; null if none is waited for
 * @param send the message to send then; none is sent if it turns out empty
 */
record Step(int number, @Nullable Regex expect, Template send) {
  /** Compiles what was configured. */
  static List<Step> all(List<QueryResponse> entries) {
    List<Step> steps = new ArrayList<>();
    for (QueryResponse entry : entries) {
      Regex expect = entry.expect();
      steps.add(new Step(steps.size() + 1, expect, Template.of(entry.send(), expect)));
    }
    return List.copyOf(steps);
  }
}
