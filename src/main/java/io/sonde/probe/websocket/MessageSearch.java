package io.sonde.probe.websocket;

import io.sonde.config.Regex;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.http.BodyMemory;
import io.sonde.probe.ProbeRun;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks for what is expected in messages: large ones on another thread. */
final class MessageSearch {
  private static final int LARGE_BYTES = 8 << 10;

  /** What the search of a message that is not UTF-8 takes for each of its bytes. */
  private static final int BYTES_PER_BINARY_BYTE = 12;

  private final ProbeRun run;
  private final BlockingWork work;
  private final BodyMemory.Share memory;

  MessageSearch(ProbeRun run, BlockingWork work, BodyMemory.Share memory) {
    this.run = run;
    this.work = work;
    this.memory = memory;
  }

  /**
   * Where the expression matches, as {@link Regex#locate} tells, if it does. Completes on the loop,
   * at once for a small message; fails with a {@link FrameException} if the message cannot be what
   * it claims to be. The message's memory is given back.
   */
  CompletionStage<Optional<int[]>> in(Incoming.Message message, Regex expect) {
    if (message.payload().length > LARGE_BYTES) {
      return work.call(run, () -> locateElsewhere(message, expect))
          .whenComplete((found, error) -> giveBack(message.payload().length));
    }
    try {
      return CompletableFuture.completedFuture(locate(message, expect));
    } catch (FrameException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      giveBack(message.payload().length);
    }
  }

  /** The message stays in memory until the search is over, even if the probe ends before. */
  private Optional<int[]> locateElsewhere(Incoming.Message message, Regex expect)
      throws FrameException {
    if (!memory.enter()) {
      return Optional.empty();
    }
    try {
      return locate(message, expect);
    } finally {
      memory.leave();
    }
  }

  private Optional<int[]> locate(Incoming.Message message, Regex expect) throws FrameException {
    byte[] payload = message.payload();
    if (Regex.isUtf8(payload)) {
      return Optional.ofNullable(expect.locate(payload));
    }
    if (message.isText()) {
      throw FrameException.noText();
    }
    long needed = (long) BYTES_PER_BINARY_BYTE * payload.length;
    if (!memory.take(needed)) {
      throw FrameException.tooBig(memory.whole().noRoom());
    }
    try {
      return Optional.ofNullable(expect.locate(payload));
    } finally {
      memory.giveBack(needed);
    }
  }

  private void giveBack(int bytes) {
    if (!run.settled()) {
      memory.giveBack(bytes);
    }
  }
}
