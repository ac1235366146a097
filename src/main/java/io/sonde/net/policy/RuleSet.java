package io.sonde.net.policy;

import io.sonde.config.PolicyPreset;
import io.sonde.config.PolicyRule;
import io.sonde.config.TargetPolicySpec;
import io.sonde.config.TargetScheme;
import io.sonde.probe.Remote;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One target policy, compiled. A rule that denies wins over everything; then the preset, which
 * yields only to a rule that allows and names what the preset is about; then the default, which
 * yields to any rule that allows.
 */
final class RuleSet {
  private static final String NO_RULE = "no rule of allow is about it, and the default is deny";

  private final Presets preset;
  private final boolean denyByDefault;
  private final List<CompiledRule> allow;
  private final List<CompiledRule> deny;

  RuleSet(TargetPolicySpec spec) {
    this.preset = new Presets(spec.preset());
    this.denyByDefault = spec.denyByDefault();
    this.allow = compiled(spec.allow(), "allow");
    this.deny = compiled(spec.deny(), "deny");
  }

  RuleSet(PolicyPreset preset) {
    this(TargetPolicySpec.of(preset));
  }

  private static List<CompiledRule> compiled(List<PolicyRule> rules, String list) {
    List<CompiledRule> compiled = new ArrayList<>();
    for (PolicyRule rule : rules) {
      compiled.add(new CompiledRule(rule, list, compiled.size()));
    }
    return List.copyOf(compiled);
  }

  /** The rule that forbids to contact somebody, for people; null if none does. */
  @Nullable String objection(Remote remote) {
    if (remote.scheme() == TargetScheme.UNIX) {
      return objectionToSocket(remote.host());
    }
    String name = HostName.normal(remote.host());
    InetAddress address = remote.address();
    if (address != null) {
      AddressBits bits = AddressBits.of(address);
      return objection(remote, name, bits, within(bits));
    }
    List<AddressBits> readings = LooseAddress.readings(name);
    if (readings.isEmpty()) {
      return objection(remote, name, null, List.of());
    }
    for (AddressBits reading : readings) {
      String objection = objection(remote, name, reading, within(reading));
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  /** Where an address may lead to beside itself: to the system, the unspecified one is loopback. */
  private static List<AddressBits> within(AddressBits address) {
    if (address.high() == 0 && address.low() == 0) {
      return List.of(address.ip6() ? new AddressBits(true, 0, 1) : AddressBits.ip4(0x7f000001));
    }
    return EmbeddedAddresses.of(address);
  }

  /**
   * @param address what is connected to; null if it is not known
   * @param within other addresses where that may lead to
   */
  private @Nullable String objection(
      Remote remote, String name, @Nullable AddressBits address, List<AddressBits> within) {
    String denied = denial(remote, name, address);
    if (denied == null && address != null) {
      denied = presetDenial(remote, name, address);
    }
    for (int i = 0; i < within.size() && denied == null; i++) {
      denied = denial(remote, name, within.get(i));
      if (denied == null) {
        denied = presetDenial(remote, name, within.get(i));
      }
    }
    if (denied != null) {
      return denied;
    }
    String byName = preset.objection(name);
    if (byName != null && !isAllowed(remote, name, address, Need.HOST_OR_ADDRESS)) {
      return byName;
    }
    return denyByDefault && !isAllowed(remote, name, address, Need.NOTHING) ? NO_RULE : null;
  }

  private @Nullable String denial(Remote remote, String name, @Nullable AddressBits address) {
    for (CompiledRule rule : deny) {
      if (rule.matches(remote.scheme(), name, address, remote.port())) {
        return rule.words();
      }
    }
    return null;
  }

  private @Nullable String presetDenial(Remote remote, String name, AddressBits address) {
    String objection = preset.objection(address);
    return objection == null || isAllowed(remote, name, address, Need.ADDRESS) ? null : objection;
  }

  /** What a rule must name to allow something. */
  private enum Need {
    NOTHING,
    ADDRESS,
    HOST_OR_ADDRESS
  }

  private boolean isAllowed(Remote remote, String name, @Nullable AddressBits address, Need need) {
    for (CompiledRule rule : allow) {
      boolean will =
          switch (need) {
            case NOTHING -> true;
            case ADDRESS -> rule.namesAddresses();
            case HOST_OR_ADDRESS -> rule.namesAddresses() || rule.namesHosts();
          };
      if (will && rule.matches(remote.scheme(), name, address, remote.port())) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String objectionToSocket(String path) {
    SocketPath socket = SocketPath.of(path);
    for (CompiledRule rule : deny) {
      if (rule.matchesSocket(socket.text())) {
        return rule.words();
      }
    }
    boolean allowed = false;
    boolean named = false;
    for (CompiledRule rule : allow) {
      if (rule.matchesSocket(socket.text()) && (socket.isPlain() || !rule.namesHosts())) {
        allowed = true;
        named |= rule.namesSockets();
      }
    }
    String objection = named ? null : preset.objectionToSockets();
    return objection == null && denyByDefault && !allowed ? NO_RULE : objection;
  }

  /** The rule that forbids everybody of that name; null if there is none. */
  @Nullable String objectionToName(String text) {
    String name = HostName.normal(text);
    for (CompiledRule rule : deny) {
      if (rule.isAboutName(name)) {
        return rule.words();
      }
    }
    String byName = preset.objection(name);
    boolean maybe = !denyByDefault;
    for (CompiledRule rule : allow) {
      if (rule.mayBeAboutName(name)) {
        maybe = true;
        byName = rule.namesHosts() || rule.namesAddresses() ? null : byName;
      }
    }
    return byName == null && !maybe ? NO_RULE : byName;
  }

  /** The rule that forbids everything that is spoken so; null if there is none. */
  @Nullable String objectionToAll(TargetScheme scheme) {
    for (CompiledRule rule : deny) {
      if (rule.isAboutAll(scheme)) {
        return rule.words();
      }
    }
    boolean unix = scheme == TargetScheme.UNIX;
    String objection = unix ? preset.objectionToSockets() : null;
    if (objection != null && allow.stream().anyMatch(CompiledRule::namesSockets)) {
      objection = null;
    }
    boolean possible = !denyByDefault || allow.stream().anyMatch(rule -> rule.isAbout(scheme));
    return objection == null && !possible ? NO_RULE : objection;
  }
}
