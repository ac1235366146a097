package io.sonde.net.policy;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.PolicyPreset;
import io.sonde.config.TargetScheme;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.probe.Remote;
import io.sonde.probe.TargetPolicy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Policies as users write them, and questions to them. */
final class Policies {
  private Policies() {}

  static TargetPolicy policy(String yaml) {
    String text = "modules: {}\ntarget_policy: {" + yaml + "}\n";
    try {
      return TargetPolicies.of(
          PolicyPreset.OFF,
          ConfigLoader.parse("p.yml", text.getBytes(StandardCharsets.UTF_8)).targetPolicies());
    } catch (ConfigException e) {
      throw new AssertionError(e.problems().toString(), e);
    }
  }

  static InetAddress address(String literal) {
    return Objects.requireNonNull(AddressLiteral.parse(literal), literal);
  }

  /** What a policy says against a TCP connection to an address. */
  static @Nullable String against(TargetPolicy policy, String literal) {
    return against(policy, literal, 80);
  }

  static @Nullable String against(TargetPolicy policy, String literal, int port) {
    return policy.objection(new Remote(TargetScheme.TCP, literal, address(literal), port));
  }

  /** What a policy says against a name at an address. */
  static @Nullable String against(TargetPolicy policy, String name, String literal, int port) {
    return policy.objection(new Remote(TargetScheme.HTTP, name, address(literal), port));
  }

  /** What a policy says against a name that somebody else resolves. */
  static @Nullable String againstName(TargetPolicy policy, String name) {
    return policy.objection(new Remote(TargetScheme.HTTP, name, null, 80));
  }

  static @Nullable String againstSocket(TargetPolicy policy, String path) {
    return policy.objection(Remote.socket(path));
  }
}
