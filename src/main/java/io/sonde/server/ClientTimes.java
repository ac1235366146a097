package io.sonde.server;

import java.util.concurrent.TimeUnit;

/** Since when a client has owed something, and how long it may still do so. In nanoseconds. */
final class ClientTimes {
  private static final long NEVER = Long.MAX_VALUE;

  /** Who has just connected, or was just answered, may have asked already. */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Limits limits;
  private long partSince = NEVER;
  private long untakenSince;
  private long answeredAt;

  ClientTimes(Limits limits) {
    this.limits = limits;
  }

  /** More of a request came, and not its end. Its time counts from its first bytes. */
  void partArrived(long now) {
    if (partSince == NEVER) {
      partSince = now;
    }
  }

  /** A request came to its end, or none has begun. */
  void requestArrived() {
    partSince = NEVER;
  }

  /** Everything written so far was taken; what is written next counts from now. */
  void answersAreTaken(long now) {
    untakenSince = now;
  }

  void answered(long now) {
    answeredAt = now;
  }

  /** Whether a client that waits for nothing has done so for long enough to make room. */
  boolean mayMakeRoom(long now) {
    return now - answeredAt >= MOMENT_NANOS;
  }

  /** What is left for the request that is arriving, {@code Long.MAX_VALUE} if none is. */
  long leftForRequest(long now) {
    return partSince == NEVER ? NEVER : limits.request().toNanos() - (now - partSince);
  }

  /**
   * The least that is left for anything.
   *
   * @param taken whether the client has taken all that was written
   * @param answering whether it waits for an answer
   */
  long left(long now, boolean taken, boolean answering) {
    long forAnswers = taken ? NEVER : limits.response().toNanos() - (now - untakenSince);
    long forIdling = answering ? NEVER : limits.idle().toNanos() - (now - answeredAt);
    return Math.min(leftForRequest(now), Math.min(forAnswers, forIdling));
  }
}
