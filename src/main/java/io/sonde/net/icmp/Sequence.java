package io.sonde.net.icmp;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Sequence numbers of 16 bits, one after the other for all loops; after the last comes 0. */
final class Sequence {
  private static final int MASK = 0xffff;

  private final AtomicInteger last;

  /** Begins anywhere, so that a new process takes no reply to an old one for its own. */
  Sequence() {
    this(ThreadLocalRandom.current().nextInt());
  }

  Sequence(int last) {
    this.last = new AtomicInteger(last);
  }

  int next() {
    return last.incrementAndGet() & MASK;
  }
}
