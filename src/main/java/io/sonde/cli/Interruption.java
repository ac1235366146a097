package io.sonde.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The user's wish to end early, which may come at any moment, from another thread. */
final class Interruption {
  private final CountDownLatch raised = new CountDownLatch(1);
  private @Nullable Runnable action;

  /** The user wishes to end. */
  synchronized void raise() {
    raised.countDown();
    if (action != null) {
      action.run();
    }
  }

  boolean isRaised() {
    return raised.getCount() == 0;
  }

  /** Says what to do from now on when it is raised; does it at once if it already is. */
  synchronized void onRaise(@Nullable Runnable next) {
    action = next;
    if (next != null && isRaised()) {
      next.run();
    }
  }

  /** Waits. Returns early, and true, if it is raised. */
  boolean raisedWithin(Duration time) {
    try {
      return raised.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
