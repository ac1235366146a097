package io.sonde.probe;

import io.netty.util.concurrent.Ticker;
import java.time.Duration;

/**
 * The one moment by which a probe must have ended, on the clock of its event loop.
 *
 * @param ticker the loop's clock
 * @param atNanos the moment, on that clock
 */
public record Deadline(Ticker ticker, long atNanos) {
  /** The moment {@code timeout} from now. */
  public static Deadline after(Ticker ticker, Duration timeout) {
    return new Deadline(ticker, ticker.nanoTime() + timeout.toNanos());
  }

  /** Nanoseconds left; 0 once the deadline has passed. */
  public long remainingNanos() {
    return Math.max(0, atNanos - ticker.nanoTime());
  }
}
