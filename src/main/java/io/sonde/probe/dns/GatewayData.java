package io.sonde.probe.dns;

/** Records that lead to a gateway, which is an address, a name, or none. */
final class GatewayData {
  private static final int DISCOVERY_OPTIONAL = 0x80;
  private static final int IP4 = 1;
  private static final int IP6 = 2;
  private static final int NAMED = 3;

  private GatewayData() {}

  /** RFC 4025 section 3. */
  static void appendIpsecKey(WireReader in, StringBuilder out) throws MalformedMessageException {
    int precedence = in.u8();
    int kind = in.u8();
    int algorithm = in.u8();
    out.append(precedence).append(' ').append(kind).append(' ').append(algorithm).append(' ');
    appendGateway(in, out, kind);
    out.append(' ').append(PresentationText.base64(in.rest()));
  }

  /** RFC 8777 section 4. */
  static void appendAmtRelay(WireReader in, StringBuilder out) throws MalformedMessageException {
    int precedence = in.u8();
    int flags = in.u8();
    int kind = flags & ~DISCOVERY_OPTIONAL;
    out.append(precedence).append(' ').append(flags >>> 7).append(' ').append(kind).append(' ');
    appendGateway(in, out, kind);
  }

  private static void appendGateway(WireReader in, StringBuilder out, int kind)
      throws MalformedMessageException {
    switch (kind) {
      case IP4 -> AddressData.append4(in, out);
      case IP6 -> AddressData.append6(in, out);
      case NAMED -> out.append(in.name());
      default -> out.append('.');
    }
  }
}
