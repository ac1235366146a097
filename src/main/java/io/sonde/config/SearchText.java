package io.sonde.config;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Bytes read where they lie as the text that they are in UTF-8, with U+FFFD for every byte that
 * belongs to no character. RE2/J asks a text for one char after the other, so this is where a
 * search can be broken off. For one thread.
 */
final class SearchText implements CharSequence {
  private static final int CHARS_PER_QUESTION = 256;

  private final byte[] bytes;
  private final BooleanSupplier cancelled;
  private final boolean ascii;
  private final int length;
  private int questions;

  /** The char that the character begins with that begins at {@link #byteIndex}. */
  private int charIndex;

  private int byteIndex;

  /**
   * A text.
   *
   * @param cancelled asked again and again; reading ends with a CancellationException when it says
   *     so
   */
  SearchText(byte[] bytes, BooleanSupplier cancelled) {
    this.bytes = bytes;
    this.cancelled = cancelled;
    this.ascii = Utf8.isAscii(bytes);
    this.length = ascii ? bytes.length : Utf8.chars(bytes);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    questions++;
    if (questions % CHARS_PER_QUESTION == 0 && cancelled.getAsBoolean()) {
      throw new CancellationException("nobody waits for the result any more");
    }
    if (ascii) {
      return (char) bytes[index];
    }
    seek(index);
    int character = Utf8.characterAt(bytes, byteIndex);
    if (index > charIndex) {
      return Character.lowSurrogate(character);
    }
    return Character.isBmpCodePoint(character)
        ? (char) character
        : Character.highSurrogate(character);
  }

  /** Where the character begins in the bytes that the char at {@code index} is of. */
  int byteOffset(int index) {
    if (ascii || index == length) {
      return ascii ? index : bytes.length;
    }
    seek(index);
    return byteIndex;
  }

  private void seek(int index) {
    while (index < charIndex) {
      byteIndex -= Utf8.bytesBefore(bytes, byteIndex);
      charIndex -= Utf8.charsAt(bytes, byteIndex);
    }
    int chars = Utf8.charsAt(bytes, byteIndex);
    while (index >= charIndex + chars) {
      byteIndex += Utf8.bytesAt(bytes, byteIndex);
      charIndex += chars;
      chars = Utf8.charsAt(bytes, byteIndex);
    }
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return toString().substring(start, end);
  }

  @Override
  public String toString() {
    return Utf8.decode(bytes);
  }
}
