package io.sonde.probe.http;

import io.sonde.config.CelException;
import io.sonde.config.CelExpression;
import io.sonde.config.HttpSpec;
import io.sonde.net.http.Json;
import io.sonde.probe.Reason;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Judges a final response by conditions on its body taken as JSON. May be used from any thread. */
final class JsonChecks {
  private final @Nullable CelExpression mustNotHold;
  private final @Nullable CelExpression mustHold;

  JsonChecks(HttpSpec spec) {
    this.mustNotHold = spec.failIfBodyJsonMatchesCel();
    this.mustHold = spec.failIfBodyJsonNotMatchesCel();
  }

  /** Whether there is nothing to judge. */
  boolean isEmpty() {
    return mustNotHold == null && mustHold == null;
  }

  /** Whether even a small body may take long. */
  boolean mayTakeLong() {
    return (mustNotHold != null && mustNotHold.loops()) || (mustHold != null && mustHold.loops());
  }

  /**
   * The first thing that is wrong, or null.
   *
   * @param cancelled whether nobody waits for the answer any more; asked from this thread
   */
  @Nullable Mismatch judge(byte[] body, BooleanSupplier cancelled) {
    Object json;
    try {
      json = Json.parse(body, CelExpression.nullValue());
    } catch (Json.BadJsonException e) {
      return new Mismatch(
          e.tooMuch() ? Reason.BODY_LIMIT : Reason.BODY,
          "Error unmarshalling HTTP body to JSON",
          "err",
          String.valueOf(e.getMessage()));
    }
    Mismatch wrong = judge(json, mustNotHold, false, cancelled);
    return wrong == null ? judge(json, mustHold, true, cancelled) : wrong;
  }

  private static @Nullable Mismatch judge(
      Object json, @Nullable CelExpression condition, boolean wanted, BooleanSupplier cancelled) {
    if (condition == null) {
      return null;
    }
    try {
      Boolean holds = condition.holds(json, cancelled);
      if (holds == null) {
        return Mismatch.of(
            "CEL evaluation result is not a boolean", "expression", condition.source());
      }
      String message = wanted ? "Body did not match CEL expression" : "Body matched CEL expression";
      return holds == wanted ? null : Mismatch.of(message, "expression", condition.source());
    } catch (CelException e) {
      return Mismatch.of("Error evaluating CEL expression", "err", String.valueOf(e.getMessage()));
    }
  }
}
