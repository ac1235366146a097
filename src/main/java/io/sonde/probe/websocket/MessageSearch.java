package io.sonde.probe.websocket;

import io.sonde.config.Regex;
import io.sonde.net.file.SearchWork;
import io.sonde.net.http.BodyMemory;
import io.sonde.probe.ProbeRun;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Looks for what is expected in messages: large ones on another thread. */
final class MessageSearch {
  private final ProbeRun run;
  private final SearchWork searches;
  private final BodyMemory.Share memory;

  MessageSearch(ProbeRun run, SearchWork searches, BodyMemory.Share memory) {
    this.run = run;
    this.searches = searches;
    this.memory = memory;
  }

  /**
   * Where the expression matches, as {@link Regex#locate} tells, if it does. Completes on the loop,
   * at once for a small message; fails with a {@link FrameException} if the message cannot be what
   * it claims to be. The message's memory is given back.
   */
  CompletionStage<Optional<int[]>> in(Incoming.Message message, Regex expect) {
    if (message.payload().length > SearchWork.LARGE_BYTES) {
      return searches
          .call(run, cancelled -> locateElsewhere(message, expect, cancelled))
          .whenComplete((found, error) -> giveBack(message.payload().length));
    }
    try {
      return CompletableFuture.completedFuture(locate(message, expect, () -> false));
    } catch (FrameException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      giveBack(message.payload().length);
    }
  }

  /** The message stays in memory until the search is over, even if the probe ends before. */
  private Optional<int[]> locateElsewhere(
      Incoming.Message message, Regex expect, BooleanSupplier cancelled) throws FrameException {
    if (!memory.enter()) {
      return Optional.empty();
    }
    try {
      return locate(message, expect, cancelled);
    } finally {
      memory.leave();
    }
  }

  private static Optional<int[]> locate(
      Incoming.Message message, Regex expect, BooleanSupplier cancelled) throws FrameException {
    if (message.isText() && !Regex.isUtf8(message.payload())) {
      throw FrameException.noText();
    }
    return Optional.ofNullable(expect.locate(message.payload(), cancelled));
  }

  private void giveBack(int bytes) {
    if (!run.settled()) {
      memory.giveBack(bytes);
    }
  }
}
