package io.sonde.probe.dns;

import io.sonde.config.DnsSpec;
import io.sonde.config.DnsWords;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The question of a module as it looks on the wire (RFC 1035 section 4.1), made once: one question,
 * no EDNS0. Only the id differs from probe to probe.
 */
final class DnsQuery {
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int MAX_LABEL_BYTES = 63;
  private static final int MAX_NAME_BYTES = 255;

  private final byte[] message;

  private DnsQuery(byte[] message) {
    this.message = message;
  }

  /**
   * The question of {@code spec}.
   *
   * @throws IllegalArgumentException if it cannot be asked; the message says why
   */
  static DnsQuery of(DnsSpec spec) {
    if (spec.queryName().isEmpty()) {
      throw new IllegalArgumentException("query_name is not set");
    }
    byte[] name = name(spec.queryName());
    int type = number(DnsWords.TYPES, "type", spec.queryType(), "ANY");
    int queryClass = number(DnsWords.CLASSES, "class", spec.queryClass(), "IN");
    ByteBuffer message = ByteBuffer.allocate(DnsMessage.HEADER_BYTES + name.length + 4);
    message.putShort((short) 0);
    message.putShort((short) (spec.recursionDesired() ? RECURSION_DESIRED : 0));
    message.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    message.put(name).putShort((short) type).putShort((short) queryClass);
    return new DnsQuery(message.array());
  }

  /** The message with an id. */
  byte[] withId(int id) {
    byte[] bytes = message.clone();
    bytes[0] = (byte) (id >>> 8);
    bytes[1] = (byte) id;
    return bytes;
  }

  private static int number(Map<String, Integer> words, String what, String word, String fallback) {
    Integer number = words.get(word.isEmpty() ? fallback : word);
    if (number == null) {
      throw new IllegalArgumentException("query " + what + " '" + word + "' is not valid");
    }
    return number;
  }

  /** A name in presentation form, with or without its final dot, as labels. */
  private static byte[] name(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length + 2);
    ByteArrayOutputStream label = new ByteArrayOutputStream(MAX_LABEL_BYTES);
    boolean root = text.equals(".");
    for (int i = root ? 1 : 0; i < in.length; i++) {
      if (in[i] == '.') {
        endLabel(text, label, out);
      } else if (in[i] != '\\') {
        label.write(in[i]);
      } else if (i + 3 < in.length && PresentationText.areDigits(in, i + 1)) {
        label.write(PresentationText.decimal(in, i + 1));
        i += 3;
      } else if (i + 1 < in.length) {
        i++;
        label.write(in[i]);
      } else {
        throw new IllegalArgumentException("query_name " + text + " ends in a backslash");
      }
    }
    if (label.size() > 0) {
      endLabel(text, label, out);
    }
    out.write(0);
    if (out.size() > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("query_name " + text + " is longer than 255 bytes");
    }
    return out.toByteArray();
  }

  private static void endLabel(
      String text, ByteArrayOutputStream label, ByteArrayOutputStream out) {
    if (label.size() == 0) {
      throw new IllegalArgumentException("query_name " + text + " has an empty label");
    }
    if (label.size() > MAX_LABEL_BYTES) {
      throw new IllegalArgumentException(
          "query_name " + text + " has a label longer than 63 bytes");
    }
    out.write(label.size());
    out.writeBytes(label.toByteArray());
    label.reset();
  }
}
