package io.sonde.history;

import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest results of one target in numbers, in one array: a ring that begins small and grows as
 * results come, to {@link #MOST} of them.
 */
final class Points {
  /** Most results. */
  static final int MOST = 60;

  private static final int FIRST = 4;
  private static final int ARRAY_HEADER_BYTES = 16;
  private static final int OBJECT_BYTES = 32;

  private static final Phase[] PHASES = Phase.values();
  private static final Reason[] REASONS = Reason.values();

  /** What the reason is where there is none. */
  private static final int NO_REASON = 0xff;

  // A point: its id in three units, outcome, seconds in two, microseconds in two, the phases.
  private static final int OUTCOME = 3;
  private static final int SECONDS = 4;
  private static final int MICROS = 6;
  private static final int FIRST_PHASE = 8;
  private static final int UNITS = FIRST_PHASE + PHASES.length;

  private char[] ring = new char[FIRST * UNITS];
  private int newest = -1;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int bytes() {
    return OBJECT_BYTES + ARRAY_HEADER_BYTES + ring.length * Character.BYTES;
  }

  /** How many bytes one more point takes if none is to be lost. */
  int bytesToGrow() {
    return size < capacity() || size == MOST
        ? 0
        : (grownCapacity() - capacity()) * UNITS * Character.BYTES;
  }

  /** Makes room for more points. */
  void grow() {
    char[] larger = new char[grownCapacity() * UNITS];
    int oldest = size == 0 ? 0 : (newest - size + 1 + capacity()) % capacity();
    int first = Math.min(size, capacity() - oldest);
    System.arraycopy(ring, oldest * UNITS, larger, 0, first * UNITS);
    System.arraycopy(ring, 0, larger, first * UNITS, (size - first) * UNITS);
    ring = larger;
    newest = size - 1;
  }

  /** Notes a result, in place of the oldest if there is no room. */
  void add(ProbeResult result) {
    newest = (newest + 1) % capacity();
    size = Math.min(size + 1, capacity());
    int at = newest * UNITS;
    Arrays.fill(ring, at, at + UNITS, '\0');
    Failure failure = result.verdict().failure();
    ring[at] = (char) (result.id() >>> 32);
    putInt(at + 1, result.id());
    ring[at + OUTCOME] =
        failure == null
            ? NO_REASON
            : (char) (number(failure.phase()) << 8 | number(failure.reason()));
    putInt(at + SECONDS, result.startedAt().getEpochSecond());
    putInt(at + MICROS, Math.min(result.duration().toNanos() / 1_000, 0xffff_ffffL));
    for (Span span : result.spans()) {
      int place = at + FIRST_PHASE + number(span.phase());
      ring[place] = pack(unpack(ring[place]) + span.nanos() / 1_000);
    }
  }

  boolean endedWithSuccess() {
    return reason(newest * UNITS) == null;
  }

  Point newest() {
    return read(newest);
  }

  List<Point> oldestFirst() {
    List<Point> points = new ArrayList<>(size);
    for (int i = size - 1; i >= 0; i--) {
      points.add(read((newest - i + capacity()) % capacity()));
    }
    return points;
  }

  private Point read(int index) {
    int at = index * UNITS;
    Reason reason = reason(at);
    Map<Phase, Long> phases = new EnumMap<>(Phase.class);
    for (Phase phase : PHASES) {
      char packed = ring[at + FIRST_PHASE + number(phase)];
      if (packed > 0) {
        phases.put(phase, unpack(packed));
      }
    }
    return new Point(
        (long) ring[at] << 32 | uint(at + 1),
        Instant.ofEpochSecond(uint(at + SECONDS)),
        uint(at + MICROS),
        reason == null ? null : PHASES[ring[at + OUTCOME] >> 8],
        reason,
        phases);
  }

  private @Nullable Reason reason(int at) {
    int number = ring[at + OUTCOME] & 0xff;
    return number == NO_REASON ? null : REASONS[number];
  }

  @SuppressWarnings("EnumOrdinal") // numbers that live no longer than this process
  private static int number(Enum<?> value) {
    return value.ordinal();
  }

  private int capacity() {
    return ring.length / UNITS;
  }

  private int grownCapacity() {
    return Math.min(2 * capacity(), MOST);
  }

  private void putInt(int at, long value) {
    ring[at] = (char) (value >>> 16);
    ring[at + 1] = (char) value;
  }

  private long uint(int at) {
    return (long) ring[at] << 16 | ring[at + 1];
  }

  /** Eleven bits of the number and five that tell how far they were shifted. */
  static char pack(long micros) {
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(micros) - 11);
    return shift > 31 ? Character.MAX_VALUE : (char) (shift << 11 | micros >>> shift);
  }

  static long unpack(char packed) {
    return (long) (packed & 0x7ff) << (packed >> 11);
  }
}
