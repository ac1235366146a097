package io.sonde.history;

import io.sonde.probe.ProbeResult;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Results in the order in which they came here; any of them can be taken out at once. */
final class KeptList {
  private @Nullable Kept oldest;
  private @Nullable Kept newest;
  private int size;

  int size() {
    return size;
  }

  @Nullable Kept oldest() {
    return oldest;
  }

  void add(Kept kept) {
    kept.list = this;
    kept.older = newest;
    kept.newer = null;
    if (newest == null) {
      oldest = kept;
    } else {
      newest.newer = kept;
    }
    newest = kept;
    size++;
  }

  void remove(Kept kept) {
    if (kept.older == null) {
      oldest = kept.newer;
    } else {
      kept.older.newer = kept.newer;
    }
    if (kept.newer == null) {
      newest = kept.older;
    } else {
      kept.newer.older = kept.older;
    }
    kept.list = null;
    kept.older = null;
    kept.newer = null;
    size--;
  }

  @Nullable ProbeResult findNewest(Predicate<ProbeResult> wanted) {
    for (Kept kept = newest; kept != null; kept = kept.older) {
      if (wanted.test(kept.result)) {
        return kept.result;
      }
    }
    return null;
  }

  void copyNewestFirst(List<ProbeResult> to) {
    for (Kept kept = newest; kept != null; kept = kept.older) {
      to.add(kept.result);
    }
  }
}
