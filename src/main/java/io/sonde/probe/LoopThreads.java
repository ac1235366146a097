package io.sonde.probe;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The threads of event loops, and who is told when one dies. Netty lets a loop whose own code meets
 * an Error go without a replacement: whatever was assigned to it hangs from then on.
 */
final class LoopThreads extends DefaultThreadFactory {
  private final Runnable onDeath;
  private volatile boolean ending;

  LoopThreads(Runnable onDeath) {
    super("sonde-loop");
    this.onDeath = onDeath;
  }

  /** The loops are being shut down: their threads may end. */
  void expectEnd() {
    ending = true;
  }

  @Override
  public Thread newThread(Runnable loop) {
    return super.newThread(() -> live(loop));
  }

  private void live(Runnable loop) {
    try {
      loop.run();
    } finally {
      if (!ending) {
        onDeath.run();
      }
    }
  }
}
