package io.sonde.history;

import io.sonde.probe.ProbeResult;
import org.jspecify.annotations.Nullable;

/** A result that is kept, and its place: it is in one {@link KeptList} at most. */
final class Kept {
  final ProbeResult result;
  final int bytes;
  final KnownTarget target;
  @Nullable KeptList list;
  @Nullable Kept older;
  @Nullable Kept newer;

  Kept(ProbeResult result, int bytes, KnownTarget target) {
    this.result = result;
    this.bytes = bytes;
    this.target = target;
  }

  boolean success() {
    return result.verdict().success();
  }
}
