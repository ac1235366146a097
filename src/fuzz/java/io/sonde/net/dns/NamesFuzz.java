package io.sonde.net.dns;

import io.netty.util.NetUtil;
import io.sonde.net.connect.HostPort;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** Targets of host and port, addresses, and the files that names are looked up in. */
public final class NamesFuzz {
  private NamesFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    HostPort split = HostPort.split(text);
    String host = split == null ? text : split.host();
    InetAddress address = AddressLiteral.parse(host);
    if (address != null && host.indexOf('%') < 0) {
      InetAddress again = AddressLiteral.parse(NetUtil.toAddressString(address));
      if (!address.equals(again)) {
        throw new AssertionError("expected " + address + ", got " + again);
      }
    }
    DomainName.isValid(host);
    HostsFile.parse(text);
    ResolvConf.parse(text, "host.example");
  }
}
