package io.sonde.probe.dns;

import java.util.Locale;

/** A place on earth (RFC 1876). */
final class LocationData {
  private static final long MIDDLE = 1L << 31;
  private static final long MILLISECONDS_PER_DEGREE = 3_600_000;
  private static final long MILLISECONDS_PER_MINUTE = 60_000;
  private static final double ALTITUDE_BASE_METRES = 100_000;

  private LocationData() {}

  static void append(WireReader in, StringBuilder out) throws MalformedMessageException {
    in.u8();
    int size = in.u8();
    int horizontal = in.u8();
    int vertical = in.u8();
    appendAngle(out, in.u32(), 'N', 'S');
    appendAngle(out, in.u32(), 'E', 'W');
    long centimetres = in.u32();
    out.append(
        String.format(
            Locale.ROOT,
            centimetres % 100 == 0 ? "%.0fm " : "%.2fm ",
            centimetres / 100.0 - ALTITUDE_BASE_METRES));
    out.append(metres(size)).append("m ");
    out.append(metres(horizontal)).append("m ");
    out.append(metres(vertical)).append('m');
  }

  private static void appendAngle(StringBuilder out, long angle, char positive, char negative) {
    long left = Math.abs(angle - MIDDLE);
    out.append(
        String.format(
            Locale.ROOT,
            "%02d %02d %.3f %c ",
            left / MILLISECONDS_PER_DEGREE,
            left % MILLISECONDS_PER_DEGREE / MILLISECONDS_PER_MINUTE,
            left % MILLISECONDS_PER_MINUTE / 1000.0,
            angle > MIDDLE ? positive : negative));
  }

  /** A length in centimetres, given by a digit and how many noughts follow it. */
  private static String metres(int coded) {
    int digit = coded >>> 4;
    int noughts = coded & 0xf;
    if (noughts < 2) {
      return String.format(Locale.ROOT, "0.%02d", noughts == 1 ? digit * 10 : digit);
    }
    return digit + "0".repeat(noughts - 2);
  }
}
