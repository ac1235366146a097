package io.sonde.probe.dns;

import io.sonde.config.DnsWords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads resource records and writes them as zone files do: owner, TTL, class, type and data, with
 * tabs between. Names are absolute; what no type is known for is written as RFC 3597 section 5
 * says.
 */
final class RecordText {
  private static final int HEADER_BYTES = 10;
  static final int SOA = 6;
  static final int OPT = 41;
  private static final int TKEY = 249;
  private static final int NULL = 10;

  private static final Map<Integer, String> CLASS_WORDS =
      Map.of(1, "IN", 2, "CS", 3, "CH", 4, "HS", 254, "NONE");

  private static final Map<Integer, String> TYPE_WORDS = typeWords();

  private RecordText() {}

  /**
   * Reads one record from where {@code in} stands.
   *
   * @throws MalformedMessageException if its data is not of the form that its type has
   */
  static DnsRecord read(WireReader in) throws MalformedMessageException {
    String owner = in.name();
    in.need(HEADER_BYTES);
    int type = in.u16();
    int recordClass = in.u16();
    long ttl = in.u32();
    int length = in.u16();
    in.enter(length);
    StringBuilder text = new StringBuilder(64);
    long serial = 0;
    List<DataField> fields = RecordFormats.ofType(type);
    if (type == OPT) {
      OptText.write(in, recordClass, ttl, text);
    } else if (fields == null) {
      head(text, owner, ttl, "CLASS" + recordClass, "TYPE" + type);
      text.append("\\# ").append(length).append(' ').append(PresentationText.hex(in.rest()));
    } else {
      // Zone files cannot hold these: they are comments.
      text.append(type == NULL || type == TKEY ? ";" : "");
      head(text, owner, ttl, classText(recordClass), typeText(type));
      write(fields, in, text);
      serial = type == SOA ? serial(text) : 0;
    }
    in.leave();
    return new DnsRecord(type, ttl, serial, text.toString());
  }

  /** The mnemonic of a type, or {@code TYPE} and its number. */
  static String typeText(int type) {
    String word = TYPE_WORDS.get(type);
    return word == null ? "TYPE" + type : word;
  }

  private static void write(List<DataField> fields, WireReader in, StringBuilder out)
      throws MalformedMessageException {
    String blank = "";
    for (DataField field : fields) {
      out.append(field.isList() ? "" : blank);
      field.write(in, out);
      blank = " ";
    }
  }

  /** The first of the five numbers with which a SOA record ends. */
  private static long serial(StringBuilder text) {
    int end = text.length();
    for (int i = 0; i < 4; i++) {
      end = text.lastIndexOf(" ", end - 1);
    }
    return Long.parseLong(text.substring(text.lastIndexOf(" ", end - 1) + 1, end));
  }

  private static String classText(int recordClass) {
    String word = CLASS_WORDS.get(recordClass);
    return word == null ? "CLASS" + recordClass : word;
  }

  private static void head(StringBuilder out, String owner, long ttl, String klass, String type) {
    out.append(owner).append('\t').append(ttl).append('\t');
    out.append(klass).append('\t').append(type).append('\t');
  }

  private static Map<Integer, String> typeWords() {
    Map<Integer, String> words = new HashMap<>();
    DnsWords.TYPES.forEach((word, number) -> words.put(number, word));
    return Map.copyOf(words);
  }
}
