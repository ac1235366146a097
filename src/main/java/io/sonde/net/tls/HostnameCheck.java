package io.sonde.net.tls;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that one certificate is valid for, ready to be compared with the name that was probed
 * (RFC 6125, as browsers read it): only subject alternative names count, never the common name; a
 * wildcard stands for exactly the left-most label; an address must be listed as an address. A name
 * that is no proper host name matches only its exact like.
 */
final class HostnameCheck {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private final List<Pattern> patterns;
  private final List<byte[]> addresses;

  private record Pattern(String name, boolean hostname) {
    static Pattern of(String name) {
      return new Pattern(lowerCase(name), isHostname(name, true));
    }
  }

  /**
   * Compiles the names of a certificate.
   *
   * @param dnsNames its dNSName entries
   * @param addresses its iPAddress entries, 4 or 16 bytes each
   */
  HostnameCheck(List<String> dnsNames, List<byte[]> addresses) {
    this.patterns = dnsNames.stream().map(Pattern::of).toList();
    this.addresses = addresses.stream().map(HostnameCheck::unmapped).toList();
  }

  /** Whether the certificate is valid for {@code name}, a host name or an address literal. */
  boolean matches(String name) {
    byte[] address = address(name);
    if (address != null) {
      return addresses.stream().anyMatch(a -> Arrays.equals(a, address));
    }
    String wanted = lowerCase(name);
    if (wanted.isEmpty() || wanted.equals(".")) {
      return false;
    }
    boolean hostname = isHostname(withoutTrailingDot(wanted), false);
    for (Pattern pattern : patterns) {
      boolean matches =
          (hostname && pattern.hostname)
              ? matches(pattern.name, withoutTrailingDot(wanted))
              : wanted.equals(pattern.name);
      if (matches) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String name) {
    if (!pattern.startsWith("*.")) {
      return pattern.equals(name);
    }
    int firstDot = name.indexOf('.');
    int suffixLength = pattern.length() - 1;
    return firstDot > 0
        && name.length() - firstDot == suffixLength
        && name.regionMatches(firstDot, pattern, 1, suffixLength);
  }

  /**
   * The bytes of an address literal, or null if {@code name} is none. Brackets are allowed, zones
   * are ignored, an IPv4 address in IPv6's clothes is the IPv4 address, and digits that other
   * programs read as octal are not an address.
   */
  static byte @Nullable [] address(String name) {
    String literal = TlsName.withoutBracketsAndZone(name);
    if (literal.isEmpty() || hasLeadingZeros(literal)) {
      return null;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
    return bytes == null ? null : unmapped(bytes);
  }

  private static boolean hasLeadingZeros(String literal) {
    int lastColon = literal.lastIndexOf(':');
    if (literal.indexOf('.') < 0) {
      return false;
    }
    for (int i = lastColon + 1; i + 1 < literal.length(); i++) {
      boolean starts = i == lastColon + 1 || literal.charAt(i - 1) == '.';
      if (starts && literal.charAt(i) == '0' && literal.charAt(i + 1) != '.') {
        return true;
      }
    }
    return false;
  }

  private static byte[] unmapped(byte[] address) {
    if (address.length != IPV6_BYTES || address[10] != -1 || address[11] != -1) {
      return address;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return address;
      }
    }
    return Arrays.copyOfRange(address, IPV6_BYTES - IPV4_BYTES, IPV6_BYTES);
  }

  /** Letters, digits, hyphens inside labels, and underscores, which are common outside the web. */
  private static boolean isHostname(String name, boolean pattern) {
    if (name.isEmpty() || name.equals("*")) {
      return false;
    }
    int labelStart = pattern && name.startsWith("*.") ? 2 : 0;
    for (int i = labelStart; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        if (i == labelStart) {
          return false;
        }
        labelStart = i + 1;
      } else if (c == '-' ? i == labelStart : !isLabelCharacter(c)) {
        return false;
      }
    }
    return labelStart < name.length();
  }

  private static boolean isLabelCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static String withoutTrailingDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** Lower case of ASCII letters only: other letters are not folded in names. */
  private static String lowerCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        StringBuilder lower = new StringBuilder(name);
        for (int j = i; j < lower.length(); j++) {
          char d = lower.charAt(j);
          if (d >= 'A' && d <= 'Z') {
            lower.setCharAt(j, (char) (d + ('a' - 'A')));
          }
        }
        return lower.toString();
      }
    }
    return name;
  }
}
