package io.sonde.net.policy;

import io.sonde.config.PolicyRule;
import io.sonde.config.TargetScheme;
import org.jspecify.annotations.Nullable;

/** A rule, ready to be compared with whom a run is about to contact. */
final class CompiledRule {
  private final PolicyRule rule;
  private final String words;
  private final @Nullable AddressBlock block;
  private final @Nullable HostPattern pattern;

  /**
   * @param list the key that it stands under
   * @param number where in that list, from 0
   */
  CompiledRule(PolicyRule rule, String list, int number) {
    this.rule = rule;
    this.words = "rule " + list + '[' + number + "] (" + rule + ')';
    this.block = rule.cidr() == null ? null : AddressBlock.of(rule.cidr());
    this.pattern = rule.host().isEmpty() ? null : new HostPattern(rule.host());
  }

  /** For people. */
  String words() {
    return words;
  }

  boolean namesAddresses() {
    return block != null;
  }

  boolean namesHosts() {
    return pattern != null;
  }

  /** Whether it is about unix sockets and says so. */
  boolean namesSockets() {
    return rule.scheme() == TargetScheme.UNIX;
  }

  /** Whether it is about everything that is spoken so. */
  boolean isAboutAll(TargetScheme scheme) {
    return block == null && pattern == null && rule.ports() == null && isAbout(scheme);
  }

  /** Whether it can be about something that is spoken so. */
  boolean isAbout(TargetScheme scheme) {
    return rule.scheme() == null || rule.scheme() == scheme;
  }

  /** Whether it is about everybody of that name, which is in its normal form. */
  boolean isAboutName(String name) {
    return pattern != null
        && pattern.matchesName(name)
        && block == null
        && rule.ports() == null
        && rule.scheme() == null;
  }

  /** Whether it may be about somebody of that name. */
  boolean mayBeAboutName(String name) {
    return pattern == null || pattern.matchesName(name);
  }

  /**
   * Whether it is about somebody.
   *
   * @param name in its normal form
   * @param address null if it is not known
   */
  boolean matches(TargetScheme scheme, String name, @Nullable AddressBits address, int port) {
    return isAbout(scheme)
        && (rule.ports() == null || rule.ports().contains(port))
        && (block == null || (address != null && block.contains(address)))
        && (pattern == null || pattern.matchesName(name));
  }

  /** Whether it is about a unix socket. */
  boolean matchesSocket(String path) {
    return isAbout(TargetScheme.UNIX)
        && rule.ports() == null
        && block == null
        && (pattern == null || pattern.matchesPath(path));
  }
}
