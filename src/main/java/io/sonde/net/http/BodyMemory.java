package io.sonde.net.http;

import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all probes together may keep of bodies that checks want to see. Each body has a
 * limit of its own, but many large ones at once would end in an OutOfMemoryError, which takes along
 * whatever else is under way. Safe for use by many threads.
 */
public final class BodyMemory {
  /** The part of the heap that bodies may take. */
  private static final int PART_OF_HEAP = 3;

  private final long capacity;
  private final AtomicLong taken = new AtomicLong();

  /** A memory of {@code capacity} bytes. */
  public BodyMemory(long capacity) {
    this.capacity = capacity;
  }

  /** A third of the largest heap that this process may have. */
  public static BodyMemory ofHeap() {
    return new BodyMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /** How many bytes are taken now. */
  public long taken() {
    return taken.get();
  }

  /** The share of one probe, which takes nothing yet and must be left in the end. */
  public Share share() {
    return new Share();
  }

  /** What a probe says that finds no room. */
  public ProbeFailure noRoom() {
    return new ProbeFailure(
        Phase.CHECK,
        Reason.BODY_LIMIT,
        "bodies that are being checked may take "
            + capacity
            + " bytes of memory together, and there is no room for this one");
  }

  /** What one probe keeps; given back as a whole when its last user has left. */
  public final class Share {
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicLong held = new AtomicLong();

    private Share() {}

    /** Takes more; false, and nothing changes, if there is not so much left. */
    public boolean take(long bytes) {
      if (taken.addAndGet(bytes) > capacity) {
        taken.addAndGet(-bytes);
        return false;
      }
      held.addAndGet(bytes);
      return true;
    }

    /** Gives some of it back. */
    public void giveBack(long bytes) {
      held.addAndGet(-bytes);
      taken.addAndGet(-bytes);
    }

    /** Another user comes, such as a search on another thread; false if the last one has left. */
    public boolean enter() {
      return users.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
    }

    /** A user leaves; the first one, whose share it was, or one who entered. */
    public void leave() {
      if (users.decrementAndGet() == 0) {
        taken.addAndGet(-held.getAndSet(0));
      }
    }

    /** The memory that this is a share of. */
    public BodyMemory whole() {
      return BodyMemory.this;
    }
  }
}
