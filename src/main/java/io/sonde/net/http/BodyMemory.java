package io.sonde.net.http;

import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes all probes together may keep of bodies that checks want to see. Each body has a
 * limit of its own, but many large ones at once would end in an OutOfMemoryError, which takes along
 * whatever else is under way.
 *
 * <p>Bodies that find no room wait for it, in turn. So that they do not starve each other, each
 * with a part that is of no use alone, only the first of those that became large goes on growing
 * once a quarter is taken. Where nobody who has anything can go on, the last one fails. Safe for
 * use by many threads.
 */
public final class BodyMemory {
  /** The part of the heap that bodies may take. */
  private static final int PART_OF_HEAP = 3;

  /** What is no larger may grow out of turn. */
  public static final long SMALL_BYTES = 64 << 10;

  /** Up to this part of the whole, everybody may grow. */
  private static final int FREE_PART = 4;

  /** What a connection may still deliver while its body waits; it bounds how many may wait. */
  private static final long WAITING_BYTES = 64 << 10;

  private final long capacity;
  private final TreeSet<Share> growing = new TreeSet<>(Comparator.comparingLong(Share::turn));
  private final TreeSet<Share> waiting = new TreeSet<>(Comparator.comparingLong(Share::turn));
  private long taken;
  private long turns;

  /** How many shares hold anything. */
  private int holders;

  /** A memory of {@code capacity} bytes. */
  public BodyMemory(long capacity) {
    this.capacity = capacity;
  }

  /** A third of the largest heap that this process may have. */
  public static BodyMemory ofHeap() {
    return new BodyMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /** How many bytes are taken now. */
  public synchronized long taken() {
    return taken;
  }

  /** How many bodies wait for room. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** The share of one probe, which takes nothing yet and must be left in the end. */
  public Share share(ProbeRun run) {
    return new Share(run);
  }

  /** A share of somebody who cannot wait, and so need not let others go first. */
  public Share impatientShare() {
    return new Share(null);
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

  private boolean fits(Share share, long bytes) {
    if (bytes > capacity - taken) {
      return false;
    }
    return share.run == null
        || share.held + bytes <= SMALL_BYTES
        || taken + bytes <= capacity / FREE_PART
        || growing.isEmpty()
        || (share.turn > 0 && growing.first().turn >= share.turn);
  }

  /** Lets those go on who may now, or ends one where nobody could. */
  private void goOn() {
    if (waiting.isEmpty()) {
      return;
    }
    for (Share share : List.copyOf(waiting)) {
      if (fits(share, share.wanted)) {
        share.hold(share.wanted);
        share.answer(true);
      }
    }
    List<Share> stuck = waiting.stream().filter(share -> share.held > 0).toList();
    if (!stuck.isEmpty() && stuck.size() == holders) {
      stuck.get(stuck.size() - 1).answer(false);
    }
  }

  /** What one probe keeps; given back as a whole when its last user has left. */
  public final class Share {
    private final @Nullable ProbeRun run;
    private int users = 1;
    private long held;
    private boolean grown;
    private long wanted;
    private @Nullable Consumer<Boolean> answer;

    /** Its place among those that are large or had to wait; 0 if it is none of them. */
    private long turn;

    private Share(@Nullable ProbeRun run) {
      this.run = run;
    }

    private long turn() {
      return turn;
    }

    /** Takes more; false, and nothing changes, if there is no room or others come first. */
    public boolean take(long bytes) {
      synchronized (BodyMemory.this) {
        boolean fits = fits(this, bytes);
        if (fits) {
          hold(bytes);
        }
        return fits;
      }
    }

    /**
     * Takes more as soon as there is room. Completes on the loop of the probe whose share this is:
     * with false if there will be none. Should the deadline come first, then this is why.
     */
    public CompletionStage<Boolean> await(long bytes) {
      ProbeRun waits = Objects.requireNonNull(run, "an impatient share cannot wait");
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      waits.blameDeadlineOn(noRoom().failure());
      waits.trail().info("Waiting for memory", "bytes", bytes);
      synchronized (BodyMemory.this) {
        answer = room -> waits.loop().execute(() -> answered(waits, room, done));
        wanted = bytes;
        grows();
        waiting.add(this);
        if (bytes > capacity - held || waiting.size() * WAITING_BYTES > capacity) {
          answer(false);
        }
        goOn();
      }
      return done;
    }

    private static void answered(ProbeRun run, boolean room, CompletableFuture<Boolean> done) {
      if (!run.settled()) {
        run.blameDeadlineOn(null);
        done.complete(room);
      }
    }

    /** Gives some of it back. */
    public void giveBack(long bytes) {
      synchronized (BodyMemory.this) {
        hold(-bytes);
        goOn();
      }
    }

    /** Says that the body will not grow any more, so that another one may. */
    public void hasGrown() {
      synchronized (BodyMemory.this) {
        grown = true;
        if (growing.remove(this)) {
          goOn();
        }
      }
    }

    private void hold(long bytes) {
      boolean before = held > 0;
      held += bytes;
      taken += bytes;
      holders += (held > 0 ? 1 : 0) - (before ? 1 : 0);
      if (held > SMALL_BYTES && !grown && run != null) {
        grows();
      }
    }

    private void grows() {
      turn = turn == 0 ? ++turns : turn;
      growing.add(this);
    }

    private void answer(boolean room) {
      Consumer<Boolean> waited = answer;
      answer = null;
      waiting.remove(this);
      if (grown || !room) {
        growing.remove(this);
      }
      if (waited != null) {
        waited.accept(room);
      }
    }

    /** Another user comes, such as a search on another thread; false if the last one has left. */
    public boolean enter() {
      synchronized (BodyMemory.this) {
        if (users > 0) {
          users++;
        }
        return users > 0;
      }
    }

    /** A user leaves; the first one, whose share it was, or one who entered. */
    public void leave() {
      synchronized (BodyMemory.this) {
        users--;
        if (users == 0) {
          hold(-held);
          waiting.remove(this);
          growing.remove(this);
          goOn();
        }
      }
    }

    /** Registers what must happen when the probe whose share this is ends. */
    void onSettle(Runnable close) {
      Objects.requireNonNull(run, "an impatient share cannot wait").onSettle(close);
    }

    /** The memory that this is a share of. */
    public BodyMemory whole() {
      return BodyMemory.this;
    }
  }
}
