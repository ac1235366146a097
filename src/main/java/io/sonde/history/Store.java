package io.sonde.history;

import io.sonde.probe.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The data of a history and the rules by which it stays within its bounds. Used by one thread at a
 * time.
 *
 * <p>A whole result is in one list at most. It begins in {@code recent}, and moves on to where it
 * is kept for longer, or away: a failure to {@code failures}; then what is the last success or the
 * last failure of its target to {@code lastSuccesses} or {@code lastFailures}, until another is.
 */
final class Store {
  /** What one result may take of all room: hostile peers must not crowd the others out. */
  private static final int SHARE_OF_RESULT = 16;

  /** Smaller results are never trimmed. */
  private static final int LEAST_TRIMMED_BYTES = 16 << 10;

  private final int limit;
  private final long maxBytes;
  private final int maxResultBytes;
  private final KeptList recent = new KeptList();
  private final KeptList failures = new KeptList();
  private final KeptList lastSuccesses = new KeptList();
  private final KeptList lastFailures = new KeptList();
  private final List<KeptList> leastMissedFirst =
      List.of(lastSuccesses, failures, lastFailures, recent);
  private final TargetIndex targets;
  private long resultBytes;
  private long evictedResults;
  private long trimmedResults;

  Store(int limit, long maxBytes) {
    this.limit = limit;
    this.maxBytes = maxBytes;
    this.maxResultBytes =
        (int)
            Math.min(Integer.MAX_VALUE, Math.max(LEAST_TRIMMED_BYTES, maxBytes / SHARE_OF_RESULT));
    this.targets = new TargetIndex(maxBytes / 2, this::release);
  }

  void add(ProbeResult whole) {
    ProbeResult result = whole;
    int bytes = RetainedSize.of(result);
    if (bytes > maxResultBytes) {
      result = Trimming.trim(result, maxResultBytes);
      bytes = RetainedSize.of(result);
      trimmedResults++;
    }
    Kept kept = new Kept(result, bytes, targets.note(result));
    resultBytes += bytes;
    recent.add(kept);
    Kept replaced = kept.target.replaceLast(kept);
    if (replaced != null) {
      release(replaced);
    }
    Kept oldest = recent.oldest();
    if (recent.size() > limit && oldest != null) {
      leaveRecent(oldest);
    }
    while (resultBytes + targets.bytes() > maxBytes && resultBytes > 0) {
      evictOne();
    }
  }

  @Nullable ProbeResult find(long id) {
    Predicate<ProbeResult> wanted = result -> result.id() == id;
    ProbeResult found = findInWindow(wanted);
    found = found == null ? lastFailures.findNewest(wanted) : found;
    return found == null ? lastSuccesses.findNewest(wanted) : found;
  }

  @Nullable ProbeResult findInWindow(Predicate<ProbeResult> wanted) {
    ProbeResult found = recent.findNewest(wanted);
    return found == null ? failures.findNewest(wanted) : found;
  }

  List<ProbeResult> window() {
    List<ProbeResult> results = new ArrayList<>(recent.size() + failures.size());
    recent.copyNewestFirst(results);
    failures.copyNewestFirst(results);
    return results;
  }

  List<ProbeResult> all() {
    List<ProbeResult> results = new ArrayList<>(results());
    recent.copyNewestFirst(results);
    failures.copyNewestFirst(results);
    lastFailures.copyNewestFirst(results);
    lastSuccesses.copyNewestFirst(results);
    return results;
  }

  List<TargetState> targets() {
    return targets.states();
  }

  @Nullable TargetState target(String module, String target) {
    KnownTarget known = targets.find(module, target);
    return known == null ? null : known.state();
  }

  List<Point> points(String module, String target) {
    KnownTarget known = targets.find(module, target);
    return known == null ? List.of() : known.points.oldestFirst();
  }

  HistorySize size() {
    return new HistorySize(
        limit,
        maxBytes,
        results(),
        targets.size(),
        resultBytes + targets.bytes(),
        evictedResults,
        targets.evicted(),
        trimmedResults);
  }

  private int results() {
    return recent.size() + failures.size() + lastFailures.size() + lastSuccesses.size();
  }

  private void leaveRecent(Kept kept) {
    recent.remove(kept);
    if (kept.success()) {
      keepIfLast(kept, lastSuccesses);
      return;
    }
    failures.add(kept);
    Kept oldest = failures.oldest();
    if (failures.size() > limit && oldest != null) {
      failures.remove(oldest);
      keepIfLast(oldest, lastFailures);
    }
  }

  private void keepIfLast(Kept kept, KeptList list) {
    if (kept.target.isLast(kept)) {
      list.add(kept);
    } else {
      resultBytes -= kept.bytes;
    }
  }

  /** Is told that a result is not the last of its target any more. */
  private void release(Kept kept) {
    if (kept.list == lastSuccesses || kept.list == lastFailures) {
      drop(kept);
    }
  }

  private void drop(Kept kept) {
    if (kept.list != null) {
      kept.list.remove(kept);
      resultBytes -= kept.bytes;
    }
  }

  /** Gives up the result that will be missed least. */
  private void evictOne() {
    for (KeptList list : leastMissedFirst) {
      Kept oldest = list.oldest();
      if (oldest != null) {
        if (list == failures && oldest.target.isLast(oldest)) {
          failures.remove(oldest);
          lastFailures.add(oldest);
        } else {
          drop(oldest);
          oldest.target.forget(oldest);
          evictedResults++;
        }
        return;
      }
    }
  }
}
