package io.sonde.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** The keys that say which addresses a probe uses; most blocks have them. */
final class IpKeys {
  static final Key<String> PREFERRED = Key.of("preferred_ip_protocol", Kinds.STRING, "");
  static final Key<Boolean> FALLBACK = Key.of("ip_protocol_fallback", Kinds.BOOL, true);
  static final Key<String> SOURCE = Key.of("source_ip_address", Kinds.STRING, "");

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern MAYBE_IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  private IpKeys() {}

  static IpPreference preference(Fields fields, Reading in) {
    String preferred = fields.get(PREFERRED);
    if (!List.of("", "ip4", "ip6").contains(preferred)) {
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

  /** Whether a text is an address as it stands, so that no resolver would be asked. */
  private static boolean isLiteral(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (IPV4.matcher(address).matches()) {
      return true;
    }
    if (!MAYBE_IPV6.matcher(address).matches()) {
      return false;
    }
    try {
      // A text with a colon is read as a literal or refused; it is never looked up.
      return InetAddress.getByName(address).getAddress().length > 0;
    } catch (UnknownHostException ignored) {
      return false;
    }
  }
}
