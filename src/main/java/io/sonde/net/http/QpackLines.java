package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Exception;

/**
 * Counts the lines of field sections as QPACK carries them (RFC 9204, section 4.5), before they are
 * decoded: one byte on the wire may stand for a whole line. Knows where a line begins and ends, and
 * not what it says.
 */
final class QpackLines {
  /** The text of a line that is in the static table, about. */
  private static final int STATIC_TEXT_BYTES = 32;

  /** Huffman codes have at least 5 bits. */
  private static final int SHORTEST_CODE_BITS = 5;

  /** No number that means anything here is longer. */
  private static final int MAX_SHIFT = 28;

  private static final int SEVEN_BITS = 0x7f;

  /** What the number that is read next is. */
  private enum Part {
    INSERT_COUNT,
    BASE,
    INDEX_OF_LINE,
    INDEX_OF_NAME,
    NAME_LENGTH,
    VALUE_LENGTH,
    /** None yet: its first byte tells. */
    LINE
  }

  private final HeaderMemory.Share memory;
  private Part part = Part.INSERT_COUNT;
  private boolean amidNumber;
  private boolean packed;
  private long value;
  private int shift;
  private long sectionLeft;
  private long textLeft;
  private int textBytes;

  QpackLines(HeaderMemory.Share memory) {
    this.memory = memory;
  }

  /** A section of that length begins. */
  void begin(long sectionBytes) {
    sectionLeft = sectionBytes;
    part = Part.INSERT_COUNT;
    amidNumber = false;
    textLeft = 0;
    textBytes = 0;
  }

  /**
   * Follows a piece of a section.
   *
   * @throws HeaderLimitException if it is one line too many
   * @throws Http3Exception if a line does not end where the section does
   */
  void follow(ByteBuf bytes, int from, int to) throws Http3Exception {
    int at = from;
    while (at < to) {
      if (textLeft > 0) {
        int taken = (int) Math.min(textLeft, to - at);
        textLeft -= taken;
        sectionLeft -= taken;
        at += taken;
      } else {
        int octet = bytes.getUnsignedByte(at);
        at++;
        sectionLeft--;
        read(octet);
      }
    }
    if (sectionLeft == 0 && (part != Part.LINE || amidNumber)) {
      throw brokenOff();
    }
  }

  private static Http3Exception brokenOff() {
    return new Http3Exception(
        Http3ErrorCode.QPACK_DECOMPRESSION_FAILED, "a field section ends amid a line");
  }

  private void read(int octet) throws Http3Exception {
    if (amidNumber) {
      value += (long) (octet & SEVEN_BITS) << shift;
      shift = Math.min(MAX_SHIFT, shift + 7);
      amidNumber = octet > SEVEN_BITS;
    } else {
      begin(octet);
    }
    if (!amidNumber) {
      onNumber();
    }
  }

  /** The first byte of a number: a pattern, and as many bits as are left. */
  private void begin(int octet) {
    int bits =
        switch (part) {
          case INSERT_COUNT -> 8;
          case LINE -> beginLine(octet);
          default -> 7;
        };
    if (part == Part.VALUE_LENGTH) {
      packed = octet > SEVEN_BITS;
    }
    int most = (1 << bits) - 1;
    value = octet & most;
    shift = 0;
    amidNumber = value == most;
  }

  private int beginLine(int octet) {
    textBytes = 0;
    if (octet >= 0x80) {
      part = Part.INDEX_OF_LINE;
      return 6;
    }
    if (octet >= 0x40) {
      part = Part.INDEX_OF_NAME;
      return 4;
    }
    if (octet >= 0x20) {
      part = Part.NAME_LENGTH;
      packed = (octet & 0x08) != 0;
      return 3;
    }
    part = octet >= 0x10 ? Part.INDEX_OF_LINE : Part.INDEX_OF_NAME;
    return octet >= 0x10 ? 4 : 3;
  }

  private void onNumber() throws Http3Exception {
    switch (part) {
      case INSERT_COUNT -> part = Part.BASE;
      case BASE -> part = Part.LINE;
      case INDEX_OF_LINE -> {
        memory.line(STATIC_TEXT_BYTES);
        part = Part.LINE;
      }
      case INDEX_OF_NAME -> {
        textBytes = STATIC_TEXT_BYTES;
        part = Part.VALUE_LENGTH;
      }
      case NAME_LENGTH -> {
        expectText();
        part = Part.VALUE_LENGTH;
      }
      case VALUE_LENGTH -> {
        expectText();
        memory.line(textBytes);
        part = Part.LINE;
      }
      case LINE -> throw new IllegalStateException("expected to know what was read");
    }
  }

  private void expectText() throws Http3Exception {
    if (value > sectionLeft) {
      throw brokenOff();
    }
    textLeft = value;
    long unpacked = packed ? value * Byte.SIZE / SHORTEST_CODE_BITS : value;
    textBytes = (int) Math.min(Integer.MAX_VALUE, textBytes + unpacked);
  }
}
