package io.sonde.probe.http;

/** The header of one gzip member (RFC 1952, section 2.3), read byte by byte. */
final class GzipHeader {
  private static final int FIXED_BYTES = 10;
  private static final int DEFLATE = 8;
  private static final int HAS_SUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private int position;
  private int flags;
  private int extraBytes = -1;
  private int extraLength;
  private int extraLengthBytes;
  private int sumBytes;

  /** Whether nothing has been read. */
  boolean isEmpty() {
    return position == 0;
  }

  /** Whether what follows is data. */
  boolean isComplete() {
    return position >= FIXED_BYTES && flags == 0;
  }

  /** Takes one byte; false if it cannot stand there. */
  boolean accepts(byte value) {
    int octet = value & 0xff;
    if (position < FIXED_BYTES) {
      return acceptsFixed(octet);
    }
    if ((flags & HAS_EXTRA) != 0) {
      takeExtra(octet);
    } else if ((flags & HAS_NAME) != 0) {
      flags = octet == 0 ? flags & ~HAS_NAME : flags;
    } else if ((flags & HAS_COMMENT) != 0) {
      flags = octet == 0 ? flags & ~HAS_COMMENT : flags;
    } else {
      sumBytes++;
      flags = sumBytes == 2 ? 0 : flags;
    }
    return true;
  }

  private boolean acceptsFixed(int octet) {
    boolean fits =
        switch (position) {
          case 0 -> octet == 0x1f;
          case 1 -> octet == 0x8b;
          case 2 -> octet == DEFLATE;
          default -> true;
        };
    if (position == 3) {
      flags = octet & (HAS_SUM | HAS_EXTRA | HAS_NAME | HAS_COMMENT);
    }
    position++;
    return fits;
  }

  private void takeExtra(int octet) {
    if (extraLengthBytes < 2) {
      extraLength |= octet << (8 * extraLengthBytes);
      extraLengthBytes++;
      extraBytes = 0;
    } else {
      extraBytes++;
    }
    if (extraLengthBytes == 2 && extraBytes == extraLength) {
      flags &= ~HAS_EXTRA;
    }
  }
}
