package io.sonde.net.dns;

import io.sonde.config.IpPreference;
import java.net.Inet4Address;
import java.net.InetAddress;

/** Which address families a lookup asks for, and which of them comes first. */
public enum Families {
  /** IPv6 addresses only. */
  IP6(false, true, true),
  /** IPv4 addresses only. */
  IP4(true, false, false),
  /** Both, IPv6 first. */
  IP6_FIRST(true, true, true),
  /** Both, IPv4 first. */
  IP4_FIRST(true, true, false);

  private final boolean ip4;
  private final boolean ip6;
  private final boolean prefersIp6;

  Families(boolean ip4, boolean ip6, boolean prefersIp6) {
    this.ip4 = ip4;
    this.ip6 = ip6;
    this.prefersIp6 = prefersIp6;
  }

  /** What a module's preference asks for. */
  public static Families of(IpPreference preference) {
    if (preference.fallback()) {
      return preference.prefersIp6() ? IP6_FIRST : IP4_FIRST;
    }
    return preference.prefersIp6() ? IP6 : IP4;
  }

  /** Whether addresses of both families will do. */
  boolean both() {
    return ip4 && ip6;
  }

  /** Whether {@code address} is of a family that will do. */
  boolean allows(InetAddress address) {
    return address instanceof Inet4Address ? ip4 : ip6;
  }

  /** Whether {@code address} is of the family that comes first. */
  boolean prefers(InetAddress address) {
    return address instanceof Inet4Address != prefersIp6;
  }

  /** The record types to ask for, the preferred one first. */
  RecordType[] recordTypes() {
    return switch (this) {
      case IP6 -> new RecordType[] {RecordType.AAAA};
      case IP4 -> new RecordType[] {RecordType.A};
      case IP6_FIRST -> new RecordType[] {RecordType.AAAA, RecordType.A};
      case IP4_FIRST -> new RecordType[] {RecordType.A, RecordType.AAAA};
    };
  }

  /** The word for the preferred family in the trail. */
  String word() {
    return prefersIp6 ? "ip6" : "ip4";
  }

  /** What a lookup asked for, for people. */
  String description() {
    return both() ? "address" : prefersIp6 ? "IPv6 address" : "IPv4 address";
  }
}
