package io.sonde.probe.dns;

/** The parameters of services. */
final class ServiceData {
  private static final String[] KEYS = {
    "mandatory",
    "alpn",
    "no-default-alpn",
    "port",
    "ipv4hint",
    "ech",
    "ipv6hint",
    "dohpath",
    "ohttp"
  };
  private static final int MANDATORY = 0;
  private static final int ALPN = 1;
  private static final int NO_DEFAULT_ALPN = 2;
  private static final int PORT = 3;
  private static final int IP4_HINT = 4;
  private static final int ECH = 5;
  private static final int IP6_HINT = 6;
  private static final int OHTTP = 8;
  private static final int RESERVED_KEY = 65_535;
  private static final String ESCAPED_IN_VALUES = "\"; ";

  private ServiceData() {}

  /** Keys and values, each pair after a blank (RFC 9460 sections 2.1 and 2.2). */
  static void appendParameters(WireReader in, StringBuilder out) throws MalformedMessageException {
    for (int last = -1; !in.atEnd(); ) {
      last = appendParameter(in, out, last);
    }
  }

  private static int appendParameter(WireReader in, StringBuilder out, int last)
      throws MalformedMessageException {
    in.need(4);
    int key = in.u16();
    int length = in.u16();
    in.need(length);
    if (key <= last || key == RESERVED_KEY) {
      throw new MalformedMessageException("a list of service parameters in disorder");
    }
    byte[] value = length == 0 ? new byte[0] : in.bytes(length);
    out.append(' ').append(keyText(key)).append("=\"");
    appendValue(out, key, value);
    out.append('"');
    return key;
  }

  private static String keyText(int key) {
    return key < KEYS.length ? KEYS[key] : "key" + key;
  }

  private static void appendValue(StringBuilder out, int key, byte[] value)
      throws MalformedMessageException {
    switch (key) {
      case MANDATORY -> appendKeys(out, value);
      case ALPN -> appendProtocols(out, value);
      case PORT -> out.append(whole(value, 2).u16());
      case IP4_HINT -> appendAddresses(out, value, 4);
      case IP6_HINT -> appendAddresses(out, value, 16);
      case NO_DEFAULT_ALPN, OHTTP -> whole(value, 0);
      case ECH -> out.append(PresentationText.base64(value));
      default -> {
        for (byte b : value) {
          appendEscaped(out, b & 0xff);
        }
      }
    }
  }

  private static void appendKeys(StringBuilder out, byte[] value) throws MalformedMessageException {
    WireReader in = whole(value, value.length & ~1);
    for (String comma = ""; !in.atEnd(); comma = ",") {
      out.append(comma).append(keyText(in.u16()));
    }
  }

  private static void appendAddresses(StringBuilder out, byte[] value, int size)
      throws MalformedMessageException {
    WireReader in = whole(value, value.length / size * size);
    if (in.atEnd()) {
      throw new MalformedMessageException("a service parameter without an address");
    }
    for (String comma = ""; !in.atEnd(); comma = ",") {
      out.append(comma);
      byte[] address = in.bytes(size);
      if (AddressData.isMapped(address)) {
        throw new MalformedMessageException("a service parameter with the wrong kind of address");
      }
      AddressData.appendAddress(out, address);
    }
  }

  /** Names of protocols; commas and backslashes within one are escaped twice. */
  private static void appendProtocols(StringBuilder out, byte[] value)
      throws MalformedMessageException {
    WireReader in = new WireReader(value);
    for (String comma = ""; !in.atEnd(); comma = ",") {
      out.append(comma);
      for (byte b : in.string()) {
        switch (b) {
          case ',' -> out.append("\\\\\\044");
          case '\\' -> out.append("\\\\\\092");
          default -> appendEscaped(out, b & 0xff);
        }
      }
    }
  }

  private static void appendEscaped(StringBuilder out, int b) {
    if (b == '\\' || (b <= '~' && ESCAPED_IN_VALUES.indexOf(b) >= 0)) {
      out.append('\\').append((char) b);
    } else {
      PresentationText.appendPrintable(out, b);
    }
  }

  private static WireReader whole(byte[] value, int expected) throws MalformedMessageException {
    if (value.length != expected) {
      throw new MalformedMessageException("a service parameter of the wrong length");
    }
    return new WireReader(value);
  }
}
