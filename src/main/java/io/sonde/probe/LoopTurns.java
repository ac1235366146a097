package io.sonde.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Long work that an event loop does in pieces. A loop works off all its tasks, also those that
 * tasks add, before it looks at its sockets again; only a timer, however short, waits until it has.
 * So here one piece is done each time the loop has looked at its sockets, in turn: many probes that
 * have much to do slow down each other and nobody else. Confined to its loop.
 */
final class LoopTurns {
  private static final FastThreadLocal<LoopTurns> CURRENT = new FastThreadLocal<>();

  private final EventLoop loop;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean armed;

  private LoopTurns(EventLoop loop) {
    this.loop = loop;
  }

  /** The turns of {@code loop}. Must be called on it. */
  static LoopTurns of(EventLoop loop) {
    assert loop.inEventLoop();
    LoopTurns turns = CURRENT.getIfExists();
    if (turns == null || turns.loop != loop) {
      turns = new LoopTurns(loop);
      CURRENT.set(turns);
    }
    return turns;
  }

  /** Does a piece of the work of {@code run} when its turn has come, unless the run has ended. */
  void add(ProbeRun run, Runnable piece) {
    waiting.add(
        () -> {
          if (!run.settled()) {
            piece.run();
          }
        });
    arm();
  }

  private void arm() {
    if (!armed && !waiting.isEmpty()) {
      armed = true;
      loop.schedule(this::next, 0, TimeUnit.NANOSECONDS);
    }
  }

  private void next() {
    armed = false;
    try {
      waiting.remove().run();
    } finally {
      arm();
    }
  }
}
