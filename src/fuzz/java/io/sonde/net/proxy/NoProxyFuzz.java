package io.sonde.net.proxy;

import java.nio.charset.StandardCharsets;

/** Any list of exceptions is read, and answers for any host. */
public final class NoProxyFuzz {
  private NoProxyFuzz() {}

  /** What stands before the first line break is the list, what follows the host. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String list = end < 0 ? text : text.substring(0, end);
    String host = end < 0 ? "shop.example" : text.substring(end + 1);
    boolean excepted = NoProxy.parse(list).excepts(host, 443);
    if (!excepted && list.strip().equals("*")) {
      throw new AssertionError("expected * to except " + host);
    }
  }
}
