package io.sonde.net.connect;

import io.netty.util.concurrent.Ticker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The note that the kernel makes of the time at which a packet came (SO_TIMESTAMPNS, socket(7)), as
 * a control message of 64-bit Linux.
 */
public final class ArrivalNote {
  // Linux, asm-generic/socket.h.
  public static final int SOL_SOCKET = 1;
  public static final int SO_TIMESTAMPNS = 35;

  private static final int CLOCK_READINGS = 4;
  private static final long LONG_READING_NANOS = 20_000;

  /** The value of a socket option that is on, in memory that stays. */
  private static final ByteBuffer ONE =
      ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(0, 1);

  private ArrivalNote() {}

  /** Has the kernel note arrivals at socket {@code fd}; false if it does not. */
  public static boolean ask(int fd) {
    return LibC.setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, LibC.address(ONE), Integer.BYTES) == 0;
  }

  /** The time that stands at {@code index}, on the wall clock, in nanoseconds. */
  public static long read(ByteBuffer memory, int index) {
    return TimeUnit.SECONDS.toNanos(memory.getLong(index)) + memory.getLong(index + Long.BYTES);
  }

  /**
   * The kernel's times are of the wall clock; both clocks are read now to tell them apart, and once
   * more if this thread lost the processor in between, as what came would seem to be older than it
   * is.
   */
  public static long onTicker(long wallNanos, Ticker ticker) {
    long before = ticker.nanoTime();
    Instant now = Instant.now();
    long after = ticker.nanoTime();
    for (int i = 1; i < CLOCK_READINGS && after - before > LONG_READING_NANOS; i++) {
      before = ticker.nanoTime();
      now = Instant.now();
      after = ticker.nanoTime();
    }
    long ageNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - wallNanos;
    return before + (after - before) / 2 - ageNanos;
  }
}
