package io.sonde.telemetry;

import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target that fails, or has failed of late, and what of it was not told yet. Within one interval
 * at most one record is written about each kind of its failures, and one about its recovery. Not
 * thread-safe.
 */
final class Outage {
  private final ProbeRecords records;
  private final long intervalNanos;
  private final List<Kind> kinds = new ArrayList<>(1);

  private Instant since = Instant.EPOCH;
  private boolean failing;
  private long failures;
  private int outages;
  private long failingSinceNanos;
  private long downNanos;
  private long probedAtNanos;
  private boolean recoveryTold;
  private long recoveryToldAtNanos;
  private @Nullable ProbeResult untoldRecovery;

  /** Failures of one phase and reason. */
  private static final class Kind {
    private final Phase phase;
    private final Reason reason;
    private ProbeRecords.Failed latest;
    private long toldAtNanos;
    private long untold;
    private boolean seenInThisOutage;

    private Kind(Failure failure, ProbeRecords.Failed first) {
      this.phase = failure.phase();
      this.reason = failure.reason();
      this.latest = first;
    }
  }

  Outage(ProbeRecords records, long intervalNanos) {
    this.records = records;
    this.intervalNanos = intervalNanos;
  }

  /** Whether it failed this way before. */
  boolean knows(Failure failure) {
    return kind(failure) != null;
  }

  /** How many ways of failing it holds. */
  int size() {
    return kinds.size();
  }

  /** A probe failed. */
  void failed(ProbeResult result, Failure failure, long now) {
    if (!failing) {
      begin(result.startedAt(), now);
    }
    failures++;
    probedAtNanos = now;
    ProbeRecords.Failed failed = ProbeRecords.Failed.of(result);
    Kind kind = kind(failure);
    if (kind == null) {
      kind = new Kind(failure, failed);
      kinds.add(kind);
      tell(kind, now);
    } else if (!kind.seenInThisOutage && kind.untold == 0 && isOver(kind.toldAtNanos, now)) {
      kind.latest = failed;
      tell(kind, now);
    } else {
      kind.latest = failed;
      kind.untold++;
      tellIfDue(kind, now);
    }
    kind.seenInThisOutage = true;
  }

  /** A probe passed. */
  void passed(ProbeResult result, long now) {
    probedAtNanos = now;
    if (!failing) {
      return;
    }
    failing = false;
    downNanos += now - failingSinceNanos;
    kinds.forEach(kind -> kind.seenInThisOutage = false);
    untoldRecovery = result;
    if (!recoveryTold || isOver(recoveryToldAtNanos, now)) {
      tellRecovery(now);
    }
  }

  /** Tells what was not told for an interval. */
  void tick(long now) {
    if (failing) {
      kinds.forEach(kind -> tellIfDue(kind, now));
    } else if (isOver(recoveryToldAtNanos, now)) {
      tellRecovery(now);
    }
  }

  /** Tells all that was not told yet. */
  void flush(long now) {
    if (failing) {
      kinds.stream().filter(kind -> kind.untold > 0).forEach(kind -> tellRepeats(kind, now));
    } else {
      tellRecovery(now);
    }
  }

  /** Whether nothing is left to tell, nor to be quiet about, or nobody has asked for so long. */
  boolean isForgettable(long now, long forgottenAfterNanos) {
    long idleNanos = now - probedAtNanos;
    boolean quiet =
        !failing
            && untoldRecovery == null
            && isOver(recoveryToldAtNanos, now)
            && kinds.stream().allMatch(kind -> isOver(kind.toldAtNanos, now));
    return idleNanos >= forgottenAfterNanos || quiet;
  }

  private void begin(Instant at, long now) {
    failing = true;
    failingSinceNanos = now;
    if (untoldRecovery == null) {
      since = at;
      failures = 0;
      outages = 0;
      downNanos = 0;
    }
    outages++;
  }

  private void tell(Kind kind, long now) {
    records.failed(kind.latest);
    kind.toldAtNanos = now;
  }

  private void tellIfDue(Kind kind, long now) {
    if (kind.untold > 0 && isOver(kind.toldAtNanos, now)) {
      tellRepeats(kind, now);
    }
  }

  private void tellRepeats(Kind kind, long now) {
    records.stillFailing(kind.latest, kind.untold, since);
    kind.toldAtNanos = now;
    kind.untold = 0;
  }

  private void tellRecovery(long now) {
    ProbeResult passed = untoldRecovery;
    if (passed == null) {
      return;
    }
    long untold = kinds.stream().mapToLong(kind -> kind.untold).sum();
    kinds.forEach(kind -> kind.untold = 0);
    records.recovered(passed, untold, since, failures, outages, downNanos / 1e9);
    untoldRecovery = null;
    recoveryTold = true;
    recoveryToldAtNanos = now;
  }

  private @Nullable Kind kind(Failure failure) {
    for (Kind kind : kinds) {
      if (kind.phase == failure.phase() && kind.reason == failure.reason()) {
        return kind;
      }
    }
    return null;
  }

  private boolean isOver(long toldAtNanos, long now) {
    return now - toldAtNanos >= intervalNanos;
  }
}
