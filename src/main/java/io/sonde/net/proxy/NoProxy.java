package io.sonde.net.proxy;

import io.sonde.net.connect.HostPort;
import io.sonde.net.dns.AddressLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions from the use of a proxy, as {@code NO_PROXY} holds them: {@code *}, networks ({@code
 * 10.0.0.0/8}), addresses and domains. A domain means its sub-domains too; one that begins with a
 * dot or {@code *.} means them only. An address or domain may have a port. Entries that are none of
 * these never match. The local host is always an exception.
 */
public final class NoProxy {
  private static final int MAX_PREFIX_BITS = 128;
  private static final int MAPPED_BITS = 96;

  private final List<Entry> entries;

  @FunctionalInterface
  private interface Entry {
    boolean matches(String host, @Nullable InetAddress address, String port);
  }

  private NoProxy(List<Entry> entries) {
    this.entries = entries;
  }

  /** Reads a comma-separated list. */
  public static NoProxy parse(String list) {
    List<Entry> entries = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      String text = item.strip().toLowerCase(Locale.ROOT);
      if (text.equals("*")) {
        return new NoProxy(List.of((host, address, port) -> true));
      }
      Entry entry = text.isEmpty() ? null : entry(text);
      if (entry != null) {
        entries.add(entry);
      }
    }
    return new NoProxy(List.copyOf(entries));
  }

  /**
   * Whether a host is to be reached without the proxy.
   *
   * @param host a name as written, or an address without brackets
   */
  public boolean excepts(String host, int port) {
    InetAddress address = AddressLiteral.parse(host);
    if (host.equals("localhost") || (address != null && address.isLoopbackAddress())) {
      return true;
    }
    String name = host.strip().toLowerCase(Locale.ROOT);
    String portText = Integer.toString(port);
    for (Entry entry : entries) {
      if (entry.matches(name, address, portText)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Entry entry(String text) {
    Entry network = network(text);
    if (network != null) {
      return network;
    }
    HostPort split = HostPort.split(text);
    String name = split == null ? text : split.host();
    String wantedPort = split == null ? "" : split.port();
    if (name.isEmpty()) {
      return null;
    }
    InetAddress wanted = AddressLiteral.parse(name);
    if (wanted != null) {
      return (host, address, port) -> wanted.equals(address) && fits(wantedPort, port);
    }
    String domain = name.startsWith("*.") ? name.substring(1) : name;
    boolean itself = !domain.startsWith(".");
    String suffix = itself ? '.' + domain : domain;
    return (host, address, port) ->
        (host.endsWith(suffix) || (itself && host.equals(domain))) && fits(wantedPort, port);
  }

  private static boolean fits(String wanted, String port) {
    return wanted.isEmpty() || wanted.equals(port);
  }

  private static @Nullable Entry network(String text) {
    int slash = text.indexOf('/');
    InetAddress base = slash < 0 ? null : AddressLiteral.parse(text.substring(0, slash));
    int bits = base == null ? -1 : prefixBits(text.substring(slash + 1));
    if (base == null || bits < 0) {
      return null;
    }
    byte[] prefix = base.getAddress();
    // An IPv4 address may be written as an IPv6 one, and its prefix then counts from there.
    int length = prefix.length == 4 && text.indexOf(':') >= 0 ? bits - MAPPED_BITS : bits;
    if (length < 0 || length > prefix.length * Byte.SIZE) {
      return null;
    }
    return (host, address, port) ->
        address != null && startsAlike(prefix, address.getAddress(), length);
  }

  private static int prefixBits(String text) {
    int bits = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length() && bits >= 0; i++) {
      int digit = text.charAt(i) - '0';
      bits = digit < 0 || digit > 9 ? -1 : bits * 10 + digit;
      bits = bits > MAX_PREFIX_BITS ? -1 : bits;
    }
    return bits;
  }

  private static boolean startsAlike(byte[] prefix, byte[] address, int bits) {
    if (prefix.length != address.length) {
      return false;
    }
    for (int i = 0; i * Byte.SIZE < bits; i++) {
      int unused = Math.max(0, (i + 1) * Byte.SIZE - bits);
      if ((prefix[i] ^ address[i]) >> unused != 0) {
        return false;
      }
    }
    return true;
  }
}
