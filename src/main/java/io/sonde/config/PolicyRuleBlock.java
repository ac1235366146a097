package io.sonde.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of {@code allow} or {@code deny} in a target policy. */
final class PolicyRuleBlock extends Block<PolicyRule> {
  static final Key<Cidr> CIDR = Key.optional("cidr", PolicyKinds.CIDR);
  static final Key<String> HOST = Key.of("host", PolicyKinds.HOST_PATTERN, "");
  static final Key<PortRange> PORT = Key.optional("port", PolicyKinds.PORTS);
  static final Key<TargetScheme> SCHEME = Key.optional("scheme", PolicyKinds.SCHEME);

  static final PolicyRuleBlock BLOCK = new PolicyRuleBlock();

  private PolicyRuleBlock() {
    super("policy rule", List.of(CIDR, HOST, PORT, SCHEME));
  }

  @Override
  @Nullable PolicyRule build(Fields fields, Reading in) {
    PolicyRule rule =
        new PolicyRule(fields.find(CIDR), fields.get(HOST), fields.find(PORT), fields.find(SCHEME));
    boolean failed = keys().stream().anyMatch(fields::failed);
    if (!failed && rule.toString().isEmpty()) {
      in.errorHere("a rule without cidr, host, port and scheme", "it would be about everybody");
    }
    if (rule.cidr() != null && rule.scheme() == TargetScheme.UNIX) {
      fields.error(in, CIDR, "unix sockets have no address", "host takes their path");
    }
    boolean portless = rule.scheme() == TargetScheme.UNIX || rule.scheme() == TargetScheme.ICMP;
    if (rule.ports() != null && portless) {
      fields.error(in, PORT, fields.get(SCHEME).word() + " has no ports", "");
    }
    return rule;
  }
}
