package io.sonde.net.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;

/** The names of a hosts file, hosts(5): case does not matter, nor does a final dot. */
final class HostsFile {
  /** A hosts file without any name. */
  static final HostsFile EMPTY = new HostsFile(Map.of());

  private final Map<String, List<InetAddress>> addresses;

  private HostsFile(Map<String, List<InetAddress>> addresses) {
    this.addresses = addresses;
  }

  /** Reads the text of a hosts file; lines that do not begin with an address are passed over. */
  static HostsFile parse(String text) {
    Map<String, List<InetAddress>> addresses = new HashMap<>();
    text.lines().forEach(line -> add(line, addresses));
    return new HostsFile(addresses);
  }

  /** The addresses of {@code name}, of both families, in the order of the file; may be empty. */
  List<InetAddress> find(String name) {
    return addresses.getOrDefault(key(name), List.of());
  }

  private static void add(String line, Map<String, List<InetAddress>> addresses) {
    int comment = line.indexOf('#');
    StringTokenizer words =
        new StringTokenizer(comment < 0 ? line : line.substring(0, comment), " \t\r\n");
    if (!words.hasMoreTokens()) {
      return;
    }
    InetAddress address = AddressLiteral.parse(words.nextToken());
    if (address == null) {
      return;
    }
    while (words.hasMoreTokens()) {
      addresses.computeIfAbsent(key(words.nextToken()), name -> new ArrayList<>(1)).add(address);
    }
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
