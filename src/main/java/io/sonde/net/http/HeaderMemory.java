package io.sonde.net.http;

import io.sonde.probe.Reason;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * How much memory the header lines that all probes together read may take. They are charged at what
 * they cost here, because a short line costs many times what it takes on the wire. Each response
 * may have a little that nobody counts, which is all that usual ones need. Whoever finds no room
 * fails at once: unlike bodies, headers are of no use in parts, and a peer that sends so many is
 * not worth waiting for. Safe for use by many threads.
 */
public final class HeaderMemory {
  /** Lines of all heads and trailers of one exchange. */
  static final int MAX_LINES = 10_000;

  /** What each exchange may have without asking. */
  static final int FREE_BYTES = 16 << 10;

  /** The part of the heap that header lines may take. */
  private static final int PART_OF_HEAP = 8;

  /** What a line costs besides its text: an entry, a name, a value and the arrays of both. */
  private static final int LINE_BYTES = 200;

  /** Text is kept as it came and, once looked at, as a string; a buffer that grows is copied. */
  private static final long COPIES = 2;

  /** More than what is needed now, so that not every line asks. */
  private static final int STEP_BYTES = 16 << 10;

  private final long capacity;
  private final AtomicLong taken = new AtomicLong();

  /** A memory of {@code capacity} bytes. */
  public HeaderMemory(long capacity) {
    this.capacity = capacity;
  }

  /** An eighth of the largest heap that this process may have. */
  public static HeaderMemory ofHeap() {
    return new HeaderMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /** How many bytes are taken now. */
  public long taken() {
    return taken.get();
  }

  /**
   * The share of one exchange.
   *
   * @param onSettle asked to give it back when its run ends, should nobody do so before
   */
  Share share(Consumer<Runnable> onSettle) {
    return new Share(onSettle);
  }

  /** What one exchange takes. Confined to the run's loop. */
  final class Share {
    private final Consumer<Runnable> onSettle;
    private int lines;
    private long needed;
    private long granted = FREE_BYTES;
    private int unread;
    private boolean left;

    private Share(Consumer<Runnable> onSettle) {
      this.onSettle = onSettle;
    }

    /**
     * A line has come, with so many bytes of text.
     *
     * @throws HeaderLimitException if it is one too many
     */
    void line(int textBytes) {
      lines++;
      needed += LINE_BYTES;
      if (lines > MAX_LINES) {
        throw new HeaderLimitException(
            Reason.PROTOCOL, "the response has more than " + MAX_LINES + " header lines");
      }
      text(textBytes);
    }

    /**
     * So many bytes of text have come with lines.
     *
     * @throws HeaderLimitException if they are too many
     */
    void text(int bytes) {
      needed += COPIES * bytes;
      if (needed > granted) {
        ask();
      }
    }

    /**
     * So many bytes wait for the end of a line or of a block.
     *
     * @throws HeaderLimitException if they are too many
     */
    void unread(int bytes) {
      if (bytes <= unread) {
        return;
      }
      int more = bytes - unread;
      unread = bytes;
      if (unread > ResponseDecoder.MAX_HEADER_BYTES) {
        throw new HeaderLimitException(Reason.PROTOCOL, ResponseDecoder.TOO_MANY_HEADERS);
      }
      text(more);
    }

    /** Gives back what was taken; the headers are not needed any more, nor will others come. */
    void leave() {
      left = true;
      taken.addAndGet(FREE_BYTES - granted);
      granted = FREE_BYTES;
    }

    private void ask() {
      long more = needed - granted + STEP_BYTES;
      if (left || taken.addAndGet(more) > capacity) {
        taken.addAndGet(left ? 0 : -more);
        throw new HeaderLimitException(
            Reason.BODY_LIMIT,
            "the header lines of all responses may take "
                + capacity
                + " bytes of memory together, and there is no room for those of this one");
      }
      boolean first = granted == FREE_BYTES;
      granted += more;
      if (first) {
        onSettle.accept(this::leave);
      }
    }
  }
}
