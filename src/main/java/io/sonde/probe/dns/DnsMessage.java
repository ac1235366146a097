package io.sonde.probe.dns;

import io.sonde.config.DnsWords;
import java.util.ArrayList;
import java.util.List;

/**
 * A DNS message that came from a server (RFC 1035 section 4.1). Neither the bit that tells answers
 * from questions nor the question is looked at.
 *
 * @param id by which the answer is known
 * @param rcode the response code, with the upper bits of an OPT record (RFC 6891 section 6.1.3)
 */
record DnsMessage(
    int id,
    int rcode,
    List<DnsRecord> answer,
    List<DnsRecord> authority,
    List<DnsRecord> additional) {
  /** Without these there is no message. */
  static final int HEADER_BYTES = 12;

  private static final int RCODE_MASK = 0xf;

  /**
   * Reads a message. Counts in the header that are higher than the records up to its end are
   * tolerated, and so are bytes after the last record.
   *
   * @throws MalformedMessageException if it is none, or is signed
   */
  static DnsMessage parse(byte[] bytes) throws MalformedMessageException {
    if (bytes.length < HEADER_BYTES) {
      throw new MalformedMessageException(
          "expected a header of " + HEADER_BYTES + " bytes, got " + bytes.length);
    }
    WireReader in = new WireReader(bytes);
    int id = in.u16();
    int rcode = in.u16() & RCODE_MASK;
    int questions = in.u16();
    int answers = in.u16();
    int authorities = in.u16();
    int additionals = in.u16();
    for (int i = 0; i < questions && !in.atEnd(); i++) {
      in.name();
      in.u16();
      in.u16();
    }
    List<DnsRecord> answer = records(in, answers);
    List<DnsRecord> authority = records(in, authorities);
    List<DnsRecord> additional = records(in, additionals);
    return new DnsMessage(id, rcode | extension(additional), answer, authority, additional);
  }

  /** The serial of the last SOA record in the answer section; 0 if there is none. */
  long serial() {
    long serial = 0;
    for (DnsRecord item : answer) {
      serial = item.type() == RecordText.SOA ? item.serial() : serial;
    }
    return serial;
  }

  /** The response code in words, or its number. */
  static String rcodeText(int rcode) {
    for (var word : DnsWords.RCODES.entrySet()) {
      if (word.getValue() == rcode && !word.getKey().equals("NOTIMPL")) {
        return word.getKey();
      }
    }
    return Integer.toString(rcode);
  }

  private static List<DnsRecord> records(WireReader in, int count)
      throws MalformedMessageException {
    List<DnsRecord> records = new ArrayList<>(Math.min(count, 8));
    for (int i = 0; i < count && !in.atEnd(); i++) {
      records.add(RecordText.read(in));
    }
    return records;
  }

  private static int extension(List<DnsRecord> additional) {
    for (int i = additional.size() - 1; i >= 0; i--) {
      if (additional.get(i).type() == RecordText.OPT) {
        return (int) (additional.get(i).ttl() >>> 24 << 4);
      }
    }
    return 0;
  }
}
