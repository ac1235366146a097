package io.sonde.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes that text is assembled in. Reused from answer to answer, so that
 * rendering allocates nothing once the array has found its size. Not thread-safe.
 */
public final class TextBuffer {
  private static final int INITIAL_BYTES = 8 * 1024;

  /** An array that one huge answer has grown beyond this is not kept for the next one. */
  private static final int KEPT_BYTES = 256 * 1024;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  /** Forgets the text. */
  public void clear() {
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
    length = 0;
  }

  /** The array that holds the text in its first {@link #length} bytes, until the next change. */
  public byte[] array() {
    return bytes;
  }

  /** Number of bytes of the text. */
  public int length() {
    return length;
  }

  /** A copy of the text's bytes. */
  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Appends one ASCII character. */
  public TextBuffer append(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Appends bytes. */
  public TextBuffer append(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  /** Appends text as UTF-8. */
  public TextBuffer append(String text) {
    int chars = text.length();
    ensure(chars);
    byte[] to = bytes;
    int at = length;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = at;
        return append(text.substring(i).getBytes(StandardCharsets.UTF_8));
      }
      to[at++] = (byte) c;
    }
    length = at;
    return this;
  }

  /**
   * Appends text with backslash and line feed escaped, as HELP texts and label values need it.
   *
   * @param quotes whether {@code "} is escaped too
   */
  public TextBuffer appendEscaped(String text, boolean quotes) {
    int clean = 0;
    int chars = text.length();
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c == '\\' || c == '\n' || (c == '"' && quotes)) {
        append(text.substring(clean, i)).append('\\').append(c == '\n' ? 'n' : c);
        clean = i + 1;
      }
    }
    return append(clean == 0 ? text : text.substring(clean));
  }

  /** Appends a number as Go prints it, see {@link GoNumber}. */
  public TextBuffer append(double value) {
    ensure(GoNumber.MAX_CHARS);
    length = GoNumber.write(value, bytes, length);
    return this;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
