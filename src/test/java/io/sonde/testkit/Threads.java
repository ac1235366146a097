package io.sonde.testkit;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Waiting for events of other threads: patient, never by the clock alone. */
final class Threads {
  /** Far beyond what any machine needs: running into it means that the event never came. */
  static final int PATIENCE_SECONDS = 30;

  private Threads() {}

  static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  static long giveUpAt() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  }

  /** Waits for a notification of {@code monitor}, which the caller holds. */
  @SuppressWarnings("WaitNotInLoop") // the callers loop over their condition
  static void awaitChange(Object monitor, long giveUpAtNanos, String expectation) {
    long millis = TimeUnit.NANOSECONDS.toMillis(giveUpAtNanos - System.nanoTime());
    if (millis <= 0) {
      throw new AssertionError(expectation);
    }
    try {
      monitor.wait(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (IOException ignored) {
      // Already broken.
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
