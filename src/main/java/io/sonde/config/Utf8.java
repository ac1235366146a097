package io.sonde.config;

/** UTF-8 as RE2 reads it: every byte that belongs to no character counts as one U+FFFD. */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';
  private static final byte[] REPLACEMENT_BYTES = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  private Utf8() {}

  static boolean isValid(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int length = lengthAt(bytes, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** How many bytes {@link #repaired} has. */
  static long repairedBytes(byte[] bytes) {
    long count = bytes.length;
    for (int at = 0; at < bytes.length; ) {
      int length = lengthAt(bytes, at);
      count += length == 0 ? REPLACEMENT_BYTES.length - 1 : 0;
      at += Math.max(1, length);
    }
    return count;
  }

  /**
   * The same bytes if they are UTF-8; else a copy in which U+FFFD stands for those that are not.
   */
  static byte[] repaired(byte[] bytes) {
    long size = repairedBytes(bytes);
    if (size == bytes.length) {
      return bytes;
    }
    byte[] repaired = new byte[Math.toIntExact(size)];
    int to = 0;
    for (int at = 0; at < bytes.length; ) {
      int length = lengthAt(bytes, at);
      byte[] from = length == 0 ? REPLACEMENT_BYTES : bytes;
      int count = length == 0 ? REPLACEMENT_BYTES.length : length;
      System.arraycopy(from, length == 0 ? 0 : at, repaired, to, count);
      to += count;
      at += Math.max(1, length);
    }
    return repaired;
  }

  /** The text of bytes that may be anything. */
  static String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int length = lengthAt(bytes, at);
      if (length == 0) {
        text.append(REPLACEMENT);
        at++;
      } else {
        text.appendCodePoint(codePoint(bytes, at, length));
        at += length;
      }
    }
    return text.toString();
  }

  /**
   * Where the characters at {@code offsets} of the decoded text begin in the bytes it was made of;
   * what is negative stays as it is.
   */
  static int[] byteOffsets(byte[] bytes, int[] offsets) {
    int[] byteAt = new int[bytes.length + 1];
    int chars = 0;
    for (int at = 0; at < bytes.length; ) {
      byteAt[chars] = at;
      int length = lengthAt(bytes, at);
      // Four bytes are two chars; no match begins or ends between them.
      chars += length == 4 ? 2 : 1;
      at += Math.max(1, length);
    }
    byteAt[chars] = bytes.length;
    int[] found = offsets.clone();
    for (int i = 0; i < found.length; i++) {
      found[i] = found[i] < 0 ? found[i] : byteAt[found[i]];
    }
    return found;
  }

  private static int codePoint(byte[] bytes, int at, int length) {
    if (length == 1) {
      return bytes[at];
    }
    int value = bytes[at] & (0x7f >> length);
    for (int i = 1; i < length; i++) {
      value = (value << 6) | (bytes[at + i] & 0x3f);
    }
    return value;
  }

  /** How many bytes the character has that begins there; 0 if none does (RFC 3629 section 4). */
  private static int lengthAt(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int value = codePoint(bytes, at, length);
    boolean overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    return overlong || surrogate || value > Character.MAX_CODE_POINT ? 0 : length;
  }
}
