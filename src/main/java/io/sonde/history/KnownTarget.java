package io.sonde.history;

import io.sonde.probe.ProbeResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is kept of one target as one module sees it. */
final class KnownTarget {
  /** This, its key and its place in a map, without its texts and points. */
  private static final int FIXED_BYTES = 240;

  final String module;
  final String target;
  final Points points = new Points();
  @Nullable Kept lastSuccess;
  @Nullable Kept lastFailure;
  private final long firstSeenMillis;
  private long sinceMillis;
  private long passed;
  private long failed;

  KnownTarget(ProbeResult first) {
    this.module = first.request().module().name();
    this.target = first.request().target();
    this.firstSeenMillis = first.startedAt().toEpochMilli();
  }

  int bytes() {
    return FIXED_BYTES + (int) RetainedSize.of(target) + points.bytes();
  }

  /** Counts a result, which must be noted among the points after that. */
  void count(ProbeResult result) {
    boolean success = result.verdict().success();
    if (points.isEmpty() || points.endedWithSuccess() != success) {
      sinceMillis = result.startedAt().toEpochMilli();
    }
    if (success) {
      passed++;
    } else {
      failed++;
    }
  }

  /** Makes it the last of its kind. */
  @Nullable Kept replaceLast(Kept kept) {
    Kept before = kept.success() ? lastSuccess : lastFailure;
    if (kept.success()) {
      lastSuccess = kept;
    } else {
      lastFailure = kept;
    }
    return before;
  }

  boolean isLast(Kept kept) {
    return kept == lastSuccess || kept == lastFailure;
  }

  /** Loses a whole result. */
  void forget(Kept kept) {
    if (kept == lastSuccess) {
      lastSuccess = null;
    } else if (kept == lastFailure) {
      lastFailure = null;
    }
  }

  TargetState state() {
    return new TargetState(
        module,
        target,
        points.newest(),
        Instant.ofEpochMilli(sinceMillis),
        Instant.ofEpochMilli(firstSeenMillis),
        passed,
        failed,
        lastSuccess == null ? null : lastSuccess.result,
        lastFailure == null ? null : lastFailure.result);
  }
}
