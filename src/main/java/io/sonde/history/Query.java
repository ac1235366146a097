package io.sonde.history;

import io.sonde.probe.Failure;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which results are wanted; what is null does not matter.
 *
 * @param module the module's name
 * @param target exactly, without a password
 * @param targetPart something that the target contains, in whatever case
 * @param success whether it passed
 * @param reason why it failed
 * @param since when it began at the earliest
 * @param before results of smaller numbers only: how a search goes on where another ended, whatever
 *     came in meanwhile
 * @param limit most results
 */
public record Query(
    @Nullable String module,
    @Nullable String target,
    @Nullable String targetPart,
    @Nullable Boolean success,
    @Nullable Reason reason,
    @Nullable Instant since,
    long before,
    int limit) {
  /** The latest results, whatever they are. */
  public static Query latest(int limit) {
    return new Query(null, null, null, null, null, null, Long.MAX_VALUE, limit);
  }

  boolean matches(ProbeResult result) {
    return result.id() < before
        && (success == null || result.verdict().success() == success)
        && (reason == null || reason == reasonOf(result))
        && (since == null || !result.startedAt().isBefore(since))
        && matches(result.request().module().name(), result.request().target());
  }

  private boolean matches(String ofModule, String ofTarget) {
    return (module == null || module.equals(ofModule))
        && (target == null || target.equals(ofTarget))
        && (targetPart == null || contains(ofTarget, targetPart));
  }

  /** Whether a target has something in it, in whatever case. */
  public static boolean contains(String target, String part) {
    for (int i = 0; i + part.length() <= target.length(); i++) {
      if (target.regionMatches(true, i, part, 0, part.length())) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Reason reasonOf(ProbeResult result) {
    Failure failure = result.verdict().failure();
    return failure == null ? null : failure.reason();
  }
}
