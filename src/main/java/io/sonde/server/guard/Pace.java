package io.sonde.server.guard;

/**
 * How much time wrong passwords may take: a share of all time, and some beforehand after a quiet
 * time. Confined to one thread.
 */
final class Pace {
  private final double share;
  private final long mostSavedNanos;
  private double savedNanos;
  private long atNanos;

  /**
   * A pace whose savings are full.
   *
   * @param share of all time, between 0 and 1
   * @param mostSavedNanos what may be spent at once after a quiet time
   */
  Pace(double share, long mostSavedNanos, long nowNanos) {
    this.share = share;
    this.mostSavedNanos = mostSavedNanos;
    this.savedNanos = (double) mostSavedNanos;
    this.atNanos = nowNanos;
  }

  /** Notes that time was spent, which ended now. */
  void spend(long nanos, long nowNanos) {
    save(nowNanos);
    savedNanos -= (double) nanos;
  }

  /** How long to wait before anything more is spent; 0 for not at all. */
  long waitNanos(long nowNanos) {
    save(nowNanos);
    return savedNanos > 0 ? 0 : (long) Math.ceil((1 - savedNanos) / share);
  }

  private void save(long nowNanos) {
    savedNanos =
        Math.min((double) mostSavedNanos, savedNanos + (double) (nowNanos - atNanos) * share);
    atNanos = nowNanos;
  }
}
