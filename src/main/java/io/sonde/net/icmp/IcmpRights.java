package io.sonde.net.icmp;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ICMP sockets this process may open, as far as the system tells without opening one: the
 * truth is what {@link KernelSockets} then finds.
 */
public final class IcmpRights {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path GROUP_RANGE = Path.of("/proc/sys/net/ipv4/ping_group_range");

  /** The bit of CAP_NET_RAW, linux/capability.h. */
  private static final int CAP_NET_RAW = 13;

  private static final int HEXADECIMAL = 16;
  private static final int MOST_BYTES = 8 << 10;

  private IcmpRights() {}

  /** {@code dgram}, {@code raw} or {@code no}. */
  public static String ofProcess() {
    try {
      return of(read(STATUS), read(GROUP_RANGE));
    } catch (IOException | RuntimeException ignored) {
      return "no";
    }
  }

  /**
   * The same of another process.
   *
   * @param status its {@code /proc/PID/status}
   * @param groupRange the sysctl {@code net.ipv4.ping_group_range}
   */
  static String of(String status, String groupRange) {
    String[] range = groupRange.strip().split("\\s+");
    long first = Long.parseLong(range[0]);
    long last = Long.parseLong(range[1]);
    if (groups(status).stream().anyMatch(group -> group >= first && group <= last)) {
      return "dgram";
    }
    String capabilities = line(status, "CapEff:");
    return new BigInteger(capabilities, HEXADECIMAL).testBit(CAP_NET_RAW) ? "raw" : "no";
  }

  /** In one go: the kernel tells a setting once, however little of it was asked for. */
  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[MOST_BYTES];
      return new String(bytes, 0, Math.max(0, in.read(bytes)), StandardCharsets.US_ASCII);
    }
  }

  /** The effective group and the supplementary ones. */
  private static List<Long> groups(String status) {
    List<Long> groups = new ArrayList<>();
    groups.add(Long.parseLong(line(status, "Gid:").split("\\s+")[1]));
    for (String word : line(status, "Groups:").split("\\s+")) {
      if (!word.isEmpty()) {
        groups.add(Long.parseLong(word));
      }
    }
    return groups;
  }

  private static String line(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(name.length()).strip())
        .orElseThrow();
  }
}
