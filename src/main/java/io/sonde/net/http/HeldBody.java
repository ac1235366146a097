package io.sonde.net.http;

import io.sonde.probe.ProbeRun;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A request body that waits for the server to ask for it with a 100 (RFC 9110, section 10.1.1), or
 * for a moment to pass: many servers never ask. Sent once or not at all.
 */
final class HeldBody {
  /** How long a body waits. */
  static final long WAIT_MILLIS = 1_000;

  private final Runnable body;
  private final Future<?> timer;
  private boolean over;

  /** Holds what {@code body} sends when it is run. */
  HeldBody(ProbeRun run, Runnable body) {
    this.body = body;
    this.timer = run.loop().schedule(this::send, WAIT_MILLIS, TimeUnit.MILLISECONDS);
    run.onSettle(this::drop);
  }

  /** Sends the body, unless that was done or has become pointless. */
  void send() {
    if (!over) {
      drop();
      body.run();
    }
  }

  /** Nobody will ask for the body any more. */
  void drop() {
    over = true;
    timer.cancel(false);
  }
}
