package io.sonde.stack;

import io.sonde.rig.Tally;
import java.time.Duration;

/** Waits for what must come, and tells how long that took. */
final class Watch {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int PAUSE_MILLIS = 50;

  /** Something that has a state. */
  interface Subject {
    String state() throws Exception;
  }

  private final Tally tally;
  private long beginNanos;

  Watch(Tally tally) {
    this.tally = tally;
  }

  /** From here on times are counted. */
  void begins() {
    beginNanos = System.nanoTime();
  }

  /** From here on they are not. */
  void ends() {
    beginNanos = 0;
  }

  /** Claims that the subject comes to a state in time, and tells when if times are counted. */
  void comesTo(String wanted, String what, Subject subject) {
    tally.claim(
        what,
        () -> {
          await(wanted, subject);
          if (beginNanos != 0) {
            tally.figure(String.format("%.1f s: %s", (System.nanoTime() - beginNanos) / 1e9, what));
          }
        });
  }

  private static void await(String wanted, Subject subject) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String state = subject.state();
    while (!state.matches(wanted)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("is <" + state + ">, not <" + wanted + ">");
      }
      Thread.sleep(PAUSE_MILLIS);
      state = subject.state();
    }
  }
}
