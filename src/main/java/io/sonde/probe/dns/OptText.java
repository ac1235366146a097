package io.sonde.probe.dns;

/** The pseudo-record of EDNS0 (RFC 6891) in the words of {@code dig}: no zone file has it. */
final class OptText {
  private static final int DO = 0x8000;
  private static final int CO = 0x4000;
  private static final int NSID = 3;
  private static final int SUBNET = 8;
  private static final int COOKIE = 10;
  private static final int PADDING = 12;

  private OptText() {}

  /**
   * Reads the options and writes them after what the record's head says.
   *
   * @param udpSize what stands in place of the class
   * @param ttl what stands in place of the TTL: more of the response code, version and flags
   */
  static void write(WireReader in, int udpSize, long ttl, StringBuilder out)
      throws MalformedMessageException {
    out.append("\n;; OPT PSEUDOSECTION:\n; EDNS: version ").append((ttl >>> 16) & 0xff);
    boolean secure = (ttl & DO) != 0;
    boolean compact = (ttl & CO) != 0;
    out.append("; flags:").append(secure ? compact ? " do, co" : " do" : "").append("; ");
    long unknown = ttl & 0x3fff;
    if (unknown != 0) {
      out.append(String.format("MBZ: 0x%04x, ", unknown));
    }
    out.append("udp: ").append(udpSize);
    while (!in.atEnd()) {
      in.need(4);
      int code = in.u16();
      int length = in.u16();
      in.need(length);
      appendOption(out, code, length == 0 ? new byte[0] : in.bytes(length));
    }
  }

  private static void appendOption(StringBuilder out, int code, byte[] data)
      throws MalformedMessageException {
    switch (code) {
      case NSID -> {
        out.append("\n; NSID: ").append(PresentationText.hex(data)).append("  ");
        for (byte b : data) {
          out.append('(').append((char) (b & 0xff)).append(')');
        }
      }
      case SUBNET -> appendSubnet(out.append("\n; SUBNET: "), data);
      case COOKIE -> out.append("\n; COOKIE: ").append(PresentationText.hex(data));
      case PADDING -> out.append("\n; PADDING: ").append(PresentationText.upperHex(data));
      default ->
          out.append("\n; LOCAL OPT: ")
              .append(code)
              .append(":0x")
              .append(PresentationText.hex(data));
    }
  }

  /** RFC 7871 section 6. */
  private static void appendSubnet(StringBuilder out, byte[] data)
      throws MalformedMessageException {
    WireReader in = new WireReader(data);
    in.need(4);
    byte[] address = new byte[in.u16() == 1 ? 4 : 16];
    int source = in.u8();
    int scope = in.u8();
    byte[] given = in.rest();
    if (given.length > address.length) {
      throw new MalformedMessageException("a client subnet that is too long");
    }
    System.arraycopy(given, 0, address, 0, given.length);
    out.append(address.length == 4 ? "" : "[");
    AddressData.appendAddress(out, address);
    out.append(address.length == 4 ? "" : "]");
    out.append('/').append(source).append('/').append(scope);
  }
}
