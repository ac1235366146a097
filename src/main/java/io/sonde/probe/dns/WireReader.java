package io.sonde.probe.dns;

/**
 * Reads the parts of a DNS message one after the other (RFC 1035 section 4.1). What would begin
 * exactly where a record's data ends reads as nothing: zero, an empty text, no bytes. That is how
 * records without data, or with some of it, are understood; data that ends within a part is
 * malformed.
 */
final class WireReader {
  private static final int MAX_NAME_BYTES = 255;

  /** As many as a name of the greatest length can hold, if each points at one label. */
  private static final int MAX_POINTERS = 126;

  private static final int POINTER_MARK = 0xc0;
  private static final int POINTER_MASK = 0x3fff;

  private final byte[] message;
  private int position;
  private int end;

  WireReader(byte[] message) {
    this.message = message;
    this.end = message.length;
  }

  /** Where the next part begins. */
  int position() {
    return position;
  }

  /** Whether nothing is left before the end that is set. */
  boolean atEnd() {
    return position == end;
  }

  /** Makes the data of a record, {@code length} bytes from here, all that there is to read. */
  void enter(int length) throws MalformedMessageException {
    need(length);
    end = position + length;
  }

  /** Makes the rest of the message readable again, from the end of the data that was entered. */
  void leave() throws MalformedMessageException {
    if (!atEnd()) {
      throw new MalformedMessageException("a record with more data than its type has");
    }
    end = message.length;
  }

  int u8() throws MalformedMessageException {
    return (int) number(1);
  }

  int u16() throws MalformedMessageException {
    return (int) number(2);
  }

  long u32() throws MalformedMessageException {
    return number(4);
  }

  /** Eight bytes; not a signed number. */
  long u64() throws MalformedMessageException {
    return number(8);
  }

  /** A big-endian number of up to eight bytes. */
  long number(int bytes) throws MalformedMessageException {
    if (atEnd()) {
      return 0;
    }
    need(bytes);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | (message[position++] & 0xff);
    }
    return value;
  }

  byte[] bytes(int length) throws MalformedMessageException {
    if (atEnd()) {
      return new byte[0];
    }
    need(length);
    byte[] bytes = new byte[length];
    System.arraycopy(message, position, bytes, 0, length);
    position += length;
    return bytes;
  }

  /** What is left. */
  byte[] rest() throws MalformedMessageException {
    return bytes(end - position);
  }

  /** The bytes of a character string, which begins with its length. */
  byte[] string() throws MalformedMessageException {
    if (atEnd()) {
      return new byte[0];
    }
    int length = u8();
    need(length);
    return length == 0 ? new byte[0] : bytes(length);
  }

  /**
   * A name in presentation form, with its final dot, compressed or not (RFC 1035 section 4.1.4).
   * Empty if nothing is left.
   */
  String name() throws MalformedMessageException {
    if (atEnd()) {
      return "";
    }
    StringBuilder name = new StringBuilder(32);
    int room = MAX_NAME_BYTES;
    int pointers = 0;
    int at = position;
    while (true) {
      int length = byteAt(at++);
      if ((length & POINTER_MARK) == POINTER_MARK) {
        int target = ((length << 8) | byteAt(at++)) & POINTER_MASK;
        position = pointers == 0 ? at : position;
        pointers++;
        if (pointers > MAX_POINTERS) {
          throw new MalformedMessageException("a name that points in circles");
        }
        at = target;
        continue;
      }
      if ((length & POINTER_MARK) != 0) {
        throw new MalformedMessageException("a label of an unknown kind");
      }
      if (length == 0) {
        position = pointers == 0 ? at : position;
        return name.isEmpty() ? "." : name.toString();
      }
      room -= length + 1;
      if (room <= 0) {
        throw new MalformedMessageException("a name of more than 255 bytes");
      }
      for (int i = 0; i < length; i++) {
        PresentationText.appendLabelByte(name, byteAt(at++));
      }
      name.append('.');
    }
  }

  private int byteAt(int index) throws MalformedMessageException {
    if (index >= end) {
      throw new MalformedMessageException("a name that ends too early");
    }
    return message[index] & 0xff;
  }

  /** Insists that {@code bytes} more are left. */
  void need(int bytes) throws MalformedMessageException {
    if (end - position < bytes) {
      throw new MalformedMessageException("a record that ends too early");
    }
  }
}
