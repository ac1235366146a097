package io.sonde.net.policy;

import io.sonde.config.Cidr;
import io.sonde.config.PolicyPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What presets forbid. */
final class Presets {
  private static final String METADATA = "metadata services of clouds";
  private static final String THIS_MACHINE = "this machine";
  private static final String GROUPS = "groups of machines";
  private static final String NOT_PUBLIC = "not of the public internet";

  /** Addresses, or names, that are forbidden for the same reason. */
  private record Ban(List<String> members, String reason) {}

  private static final List<Ban> REMOTE_BLOCKS =
      List.of(
          new Ban(
              List.of(
                  "169.254.169.254",
                  "169.254.170.2",
                  "100.100.100.200",
                  "168.63.129.16",
                  "192.0.0.192",
                  "fd00:ec2::/32",
                  "fd20:ce::254",
                  "fd00:42::42"),
              METADATA),
          new Ban(List.of("0.0.0.0/8", "127.0.0.0/8", "::", "::1"), THIS_MACHINE),
          new Ban(List.of("169.254.0.0/16", "fe80::/10"), "the links of this machine"),
          new Ban(List.of("224.0.0.0/4", "255.255.255.255", "ff00::/8"), GROUPS));

  /** The special-purpose registries of RFC 6890, as far as they are not reachable globally. */
  private static final List<Ban> PUBLIC_BLOCKS =
      List.of(
          new Ban(
              List.of(
                  "10.0.0.0/8",
                  "100.64.0.0/10",
                  "172.16.0.0/12",
                  "192.168.0.0/16",
                  "192.0.0.0/24",
                  "192.0.2.0/24",
                  "192.88.99.0/24",
                  "198.18.0.0/15",
                  "198.51.100.0/24",
                  "203.0.113.0/24",
                  "240.0.0.0/4",
                  "::/96",
                  "64:ff9b:1::/48",
                  "100::/64",
                  "2001:2::/48",
                  "2001:db8::/32",
                  "3fff::/20",
                  "5f00::/16",
                  "fc00::/7",
                  "fec0::/10"),
              NOT_PUBLIC));

  private static final List<Ban> REMOTE_NAMES =
      List.of(
          new Ban(
              List.of(
                  "metadata",
                  "metadata.google.internal",
                  "metadata.goog",
                  "metadata.tencentyun.com",
                  "instance-data",
                  "instance-data.ec2.internal"),
              METADATA),
          new Ban(
              List.of(
                  "localhost",
                  "*.localhost",
                  "localhost.localdomain",
                  "localhost4",
                  "localhost6",
                  "ip6-localhost",
                  "ip6-loopback"),
              THIS_MACHINE));

  private static final List<Ban> PUBLIC_NAMES =
      List.of(
          new Ban(List.of("*.internal", "*.local", "*.localdomain", "*.home.arpa"), NOT_PUBLIC));

  private record Block(AddressBlock block, String words) {}

  private record Name(HostPattern pattern, String words) {}

  private final List<Block> blocks = new ArrayList<>();
  private final List<Name> names = new ArrayList<>();
  private final String sockets;

  Presets(PolicyPreset preset) {
    String says = "preset " + preset.word() + " denies ";
    this.sockets = says + "unix sockets (" + THIS_MACHINE + ')';
    if (preset != PolicyPreset.OFF) {
      add(says, REMOTE_BLOCKS, REMOTE_NAMES);
    }
    if (preset == PolicyPreset.PUBLIC) {
      add(says, PUBLIC_BLOCKS, PUBLIC_NAMES);
    }
  }

  private void add(String says, List<Ban> bannedBlocks, List<Ban> bannedNames) {
    for (Ban ban : bannedBlocks) {
      for (String text : ban.members()) {
        Cidr cidr = Objects.requireNonNull(Cidr.parse(text), text);
        blocks.add(new Block(AddressBlock.of(cidr), says + text + " (" + ban.reason() + ')'));
      }
    }
    for (Ban ban : bannedNames) {
      for (String text : ban.members()) {
        names.add(new Name(new HostPattern(text), says + text + " (" + ban.reason() + ')'));
      }
    }
  }

  /** Why an address is forbidden, or null. */
  @Nullable String objection(AddressBits address) {
    for (Block block : blocks) {
      if (block.block().contains(address)) {
        return block.words();
      }
    }
    return null;
  }

  /** Why a name, in its normal form, is forbidden, or null. */
  @Nullable String objection(String name) {
    for (Name each : names) {
      if (each.pattern().matchesName(name)) {
        return each.words();
      }
    }
    return null;
  }

  /** Why unix sockets are forbidden, or null. */
  @Nullable String objectionToSockets() {
    return blocks.isEmpty() ? null : sockets;
  }
}
