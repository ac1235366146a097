package io.sonde.config;

import java.util.List;

/** The keys that say which addresses a probe uses; most blocks have them. */
final class IpKeys {
  private static final List<String> PROTOCOLS = List.of("ip4", "ip6");

  static final Key<String> PREFERRED = Key.of("preferred_ip_protocol", Kinds.mostly(PROTOCOLS), "");
  static final Key<Boolean> FALLBACK = Key.of("ip_protocol_fallback", Kinds.BOOL, true);
  static final Key<String> SOURCE = Key.of("source_ip_address", Kinds.STRING, "");

  private IpKeys() {}

  static IpPreference preference(Fields fields, Reading in) {
    String preferred = fields.get(PREFERRED);
    if (!preferred.isEmpty() && !PROTOCOLS.contains(preferred)) {
      fields.warn(
          in,
          PREFERRED,
          "preferred_ip_protocol \"" + preferred + "\" means IPv4",
          "expected ip4 or ip6");
    }
    return new IpPreference(preferred, fields.get(FALLBACK));
  }

  static String sourceAddress(Fields fields, Reading in) {
    String address = fields.get(SOURCE);
    if (!address.isEmpty() && !isLiteral(address)) {
      fields.unusable(in, SOURCE, "source_ip_address is not an IP address");
    }
    return address;
  }

  /** Whether a text is an address as it stands, with a zone or without. */
  private static boolean isLiteral(String text) {
    int zone = text.indexOf('%');
    return IpLiteral.parse(zone < 0 ? text : text.substring(0, zone)) != null;
  }
}
