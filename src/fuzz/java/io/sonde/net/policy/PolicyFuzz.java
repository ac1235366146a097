package io.sonde.net.policy;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.PolicyPreset;
import io.sonde.config.TargetScheme;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.probe.Remote;
import io.sonde.probe.TargetPolicy;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** Any rules are read or refused, and judge any name and any address without getting lost. */
public final class PolicyFuzz {
  private static final TargetPolicy REMOTE = policy("preset: remote");
  private static final TargetPolicy NONE = policy("default: deny");

  private PolicyFuzz() {}

  /** What stands before the first line break are the rules, what follows is a host. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String host = end < 0 ? text : text.substring(end + 1);
    judge(policy(end < 0 ? "" : text.substring(0, end)), host);
    InetAddress address = judge(REMOTE, host);
    if (judge(NONE, host) != null && NONE.objection(at(host, address)) == null) {
      throw new AssertionError("expected nothing to be allowed, got " + host);
    }
    if (address != null
        && address.isLoopbackAddress()
        && REMOTE.objection(at(host, address)) == null) {
      throw new AssertionError("expected the preset to know " + host);
    }
    // What a proxy reads leniently is judged no more mildly than what is connected to here.
    if (address instanceof Inet4Address
        && host.indexOf(':') < 0
        && REMOTE.objection(at(host, address)) != null
        && REMOTE.objection(at(host, null)) == null) {
      throw new AssertionError("expected the name " + host + " to be as bad as its address");
    }
  }

  private static InetAddress judge(TargetPolicy policy, String host) {
    InetAddress address = AddressLiteral.parse(host);
    policy.objectionToName(host);
    policy.objection(at(host, null));
    policy.objection(at(host, address));
    policy.objection(Remote.socket(host));
    return address;
  }

  private static Remote at(String host, InetAddress address) {
    return new Remote(TargetScheme.HTTP, host, address, 80);
  }

  private static TargetPolicy policy(String rules) {
    String text = "modules: {}\ntarget_policy: {" + rules + "}\n";
    try {
      return TargetPolicies.of(
          PolicyPreset.OFF,
          ConfigLoader.parse("p.yml", text.getBytes(StandardCharsets.UTF_8)).targetPolicies());
    } catch (ConfigException ignored) {
      return TargetPolicy.OFF;
    }
  }
}
