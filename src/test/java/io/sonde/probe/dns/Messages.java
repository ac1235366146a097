package io.sonde.probe.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;

/** Answers as bytes, right or wrong, made without the code under test. */
final class Messages {
  private static final int OWNER_POINTER = 0xc00c;
  private static final int TTL_SECONDS = 300;
  private static final int HEADER_BYTES = 12;

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private final int[] counts = new int[3];
  private int flags = 0x8400;
  private int section;

  private Messages() {}

  /** An answer without records. */
  static Messages answer() {
    return new Messages();
  }

  /** The same with a response code. */
  Messages rcode(int rcode) {
    flags |= rcode;
    return this;
  }

  /** What follows belongs to the next section. */
  Messages then() {
    section++;
    return this;
  }

  /** A record of class IN that is owned by the name in the question. */
  Messages add(int type, String hex) {
    return add(type, 1, TTL_SECONDS, hex);
  }

  Messages add(int type, int recordClass, int ttl, String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    counts[section]++;
    write(records, OWNER_POINTER, type, recordClass, ttl >>> 16, ttl & 0xffff, data.length);
    records.writeBytes(data);
    return this;
  }

  /** Pretends that there are more records in the present section. */
  Messages claiming(int more) {
    counts[section] += more;
    return this;
  }

  /** The answer to {@code query}, with its id and question. */
  byte[] to(byte[] query) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(query, 0, 2);
    write(out, flags, 1, counts[0], counts[1], counts[2]);
    out.writeBytes(Arrays.copyOfRange(query, HEADER_BYTES, query.length));
    out.writeBytes(records.toByteArray());
    return out.toByteArray();
  }

  /** A message with its length before it, as streams carry it. */
  static byte[] framed(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, message.length);
    out.writeBytes(message);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int... shorts) {
    DataOutputStream data = new DataOutputStream(out);
    try {
      for (int value : shorts) {
        data.writeShort(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
