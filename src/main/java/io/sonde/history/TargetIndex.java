package io.sonde.history;

import io.sonde.probe.ProbeResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each target, within a number of bytes. When they do not suffice, the target that
 * was not probed for longest is forgotten; points only grow while there is room, lest long memories
 * of some targets drive others out.
 */
final class TargetIndex {
  private record Key(String module, String target) {}

  private final long maxBytes;
  private final Consumer<Kept> release;
  private final Map<Key, KnownTarget> targets = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long evicted;

  /**
   * An empty index.
   *
   * @param release is told of results that are not the last of their target any more, as that is
   *     forgotten
   */
  TargetIndex(long maxBytes, Consumer<Kept> release) {
    this.maxBytes = maxBytes;
    this.release = release;
  }

  long bytes() {
    return bytes;
  }

  int size() {
    return targets.size();
  }

  long evicted() {
    return evicted;
  }

  /** Notes a result as its target's latest. */
  KnownTarget note(ProbeResult result) {
    Key key = new Key(result.request().module().name(), result.request().target());
    KnownTarget target = targets.get(key);
    if (target == null) {
      target = new KnownTarget(result);
      targets.put(key, target);
      bytes += target.bytes();
      evict();
    }
    target.count(result);
    int more = target.points.bytesToGrow();
    if (more > 0 && bytes + more <= maxBytes) {
      target.points.grow();
      bytes += more;
    }
    target.points.add(result);
    return target;
  }

  @Nullable KnownTarget find(String module, String target) {
    // Not by get, which would count as a use.
    for (KnownTarget known : targets.values()) {
      if (known.target.equals(target) && known.module.equals(module)) {
        return known;
      }
    }
    return null;
  }

  List<TargetState> states() {
    List<TargetState> states = new ArrayList<>(targets.size());
    targets.values().forEach(target -> states.add(target.state()));
    return states;
  }

  /** Forgets what is too much; last of all the one that has just come. */
  private void evict() {
    Iterator<KnownTarget> longestUnused = targets.values().iterator();
    while (bytes > maxBytes && longestUnused.hasNext()) {
      KnownTarget target = longestUnused.next();
      longestUnused.remove();
      bytes -= target.bytes();
      evicted++;
      forgetResults(target);
    }
  }

  private void forgetResults(KnownTarget target) {
    for (Kept kept : new Kept[] {target.lastSuccess, target.lastFailure}) {
      if (kept != null) {
        target.forget(kept);
        release.accept(kept);
      }
    }
  }
}
