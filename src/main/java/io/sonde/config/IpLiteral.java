package io.sonde.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that are addresses as they stand, so that no resolver would be asked. */
final class IpLiteral {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern MAYBE_IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  private IpLiteral() {}

  /** The address, an IPv4-mapped one as IPv4; null if the text is none. It has no zone. */
  static @Nullable InetAddress parse(String text) {
    if (!IPV4.matcher(text).matches() && !MAYBE_IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      // What is like this is read as a literal or refused; it is never looked up.
      return InetAddress.getByName(text);
    } catch (UnknownHostException ignored) {
      return null;
    }
  }
}
