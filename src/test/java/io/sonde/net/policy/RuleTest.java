package io.sonde.net.policy;

import static io.sonde.net.policy.Policies.against;
import static io.sonde.net.policy.Policies.againstName;
import static io.sonde.net.policy.Policies.againstSocket;
import static io.sonde.net.policy.Policies.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sonde.config.Cidr;
import io.sonde.config.PolicyPreset;
import io.sonde.config.PolicyRule;
import io.sonde.config.TargetPolicySpec;
import io.sonde.config.TargetScheme;
import io.sonde.probe.Remote;
import io.sonde.probe.TargetPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What wins over what. */
class RuleTest {
  @Test
  void denyWinsOverAllowAndBothOverThePreset() {
    TargetPolicy policy =
        policy("preset: remote, allow: [{cidr: 127.0.0.0/8}], deny: [{cidr: 127.0.0.1, port: 22}]");
    assertNull(against(policy, "127.0.0.1", 80));
    assertEquals("rule deny[0] (cidr: 127.0.0.1, port: 22)", against(policy, "127.0.0.1", 22));
    assertNull(against(policy, "127.0.0.2", 22));
    assertNotNull(against(policy, "169.254.169.254", 80));
  }

  @Test
  void aNameAloneDoesNotLiftThePresetFromAddresses() {
    TargetPolicy byName = policy("preset: remote, allow: [{host: good.example}]");
    assertNotNull(against(byName, "good.example", "127.0.0.1", 80));
    TargetPolicy byBoth = policy("preset: remote, allow: [{host: good.example, cidr: 127.0.0.1}]");
    assertNull(against(byBoth, "good.example", "127.0.0.1", 80));
    assertNotNull(against(byBoth, "evil.example", "127.0.0.1", 80));
    assertNotNull(against(byBoth, "good.example", "127.0.0.2", 80));
  }

  @Test
  void aPortOrSchemeAloneDoesNotLiftThePreset() {
    assertNotNull(against(policy("preset: remote, allow: [{port: 80}]"), "127.0.0.1", 80));
    assertNotNull(against(policy("preset: remote, allow: [{scheme: tcp}]"), "127.0.0.1", 80));
  }

  @Test
  void anEmbeddedAddressMustBeAllowedItself() {
    TargetPolicy outer = policy("preset: remote, allow: [{cidr: \"64:ff9b::/96\"}]");
    assertNotNull(against(outer, "64:ff9b::127.0.0.1"));
    TargetPolicy inner = policy("preset: remote, allow: [{cidr: 127.0.0.1}]");
    assertNull(against(inner, "64:ff9b::127.0.0.1"));
    assertNotNull(against(policy("deny: [{cidr: 10.0.0.0/8}]"), "2002:a01:203::"));
  }

  @Test
  void whereTheDefaultIsDenyARuleMustAllow() {
    TargetPolicy policy =
        policy("default: deny, allow: [{cidr: 10.0.0.0/8}, {host: \"*.example\", port: 443}]");
    assertNull(against(policy, "10.1.2.3"));
    assertNull(against(policy, "a.example", "192.0.2.1", 443));
    assertNotNull(against(policy, "a.example", "192.0.2.1", 80));
    assertNotNull(against(policy, "192.0.2.1", 443));
    assertNotNull(againstName(policy, "unknown.org"));
    assertNull(against(policy, "10.1.2.3", "10.1.2.3", 1));
  }

  @Test
  void theAddressOfAnUnknownNameIsNobodysRule() {
    assertNull(againstName(policy("deny: [{cidr: 0.0.0.0/0}]"), "far.example"));
    assertNotNull(againstName(policy("default: deny, allow: [{cidr: 0.0.0.0/0}]"), "far.example"));
    assertNotNull(againstName(policy("deny: [{cidr: 10.0.0.0/8}]"), "0xa000001"));
  }

  @Test
  void theUnspecifiedAddressIsLoopbackHoweverItIsSpelled() {
    TargetPolicy policy = policy("deny: [{cidr: 127.0.0.0/8}]");
    assertNotNull(against(policy, "0.0.0.0"));
    for (String name : List.of("0", "0x0", "0.0", "00.0.0.00")) {
      assertNotNull(againstName(policy, name), name);
    }
    assertNotNull(against(policy("deny: [{cidr: \"::1\"}]"), "::"));
  }

  @Test
  void allOfOneFamilyIsNothingOfTheOther() {
    TargetPolicy six = policy("deny: [{cidr: \"::/0\"}]");
    assertNotNull(against(six, "2001:db8::1"));
    assertNull(against(six, "192.0.2.1"));
    TargetPolicy four = policy("deny: [{cidr: 0.0.0.0/0}]");
    assertNotNull(against(four, "192.0.2.1"));
    assertNotNull(against(four, "::ffff:192.0.2.1"));
    assertNull(against(four, "2001:db8::1"));
  }

  @ParameterizedTest
  @CsvSource({
    "*.example.com, a.example.com, true",
    "*.example.com, a.b.example.com, true",
    "*.example.com, example.com, false",
    "*.example.com, A.Example.COM., true",
    "example.com, example.com.evil, false",
    "*example.com, evilexample.com, true",
    "db-*.corp, db-7.corp, true",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false",
    "*, anything, true",
    "bücher.example, xn--bcher-kva.example, true",
    "xn--bcher-kva.example, BÜCHER.example, true",
    "straße.example, strasse.example, true",
    "a.example, a。example, true"
  })
  void patternsAreAboutNamesHoweverTheyAreSpelled(String pattern, String name, boolean hit) {
    TargetPolicy policy = policy("deny: [{host: \"" + pattern + "\"}]");
    assertEquals(hit, againstName(policy, name) != null);
    assertEquals(hit, against(policy, name, "192.0.2.1", 80) != null);
    assertEquals(hit, policy.objectionToName(name) != null);
  }

  @ParameterizedTest
  @EnumSource(TargetScheme.class)
  void aSchemeIsAboutItself(TargetScheme scheme) {
    TargetPolicy policy = policy("deny: [{scheme: " + scheme.word() + "}]");
    for (TargetScheme other : TargetScheme.values()) {
      Remote remote =
          other == TargetScheme.UNIX
              ? Remote.socket("/run/a")
              : new Remote(other, "a", Policies.address("192.0.2.1"), 80);
      assertEquals(scheme == other, policy.objection(remote) != null, other.word());
    }
  }

  @Test
  void pathsAreComparedWithoutDetours() {
    TargetPolicy deny = policy("deny: [{scheme: unix, host: /run/docker.sock}]");
    assertNotNull(againstSocket(deny, "/run/docker.sock"));
    assertNotNull(againstSocket(deny, "/run//x/../docker.sock"));
    assertNull(againstSocket(deny, "/run/other.sock"));
    TargetPolicy allow = policy("preset: remote, allow: [{scheme: unix, host: \"/run/app/*\"}]");
    assertNull(againstSocket(allow, "/run/app/a.sock"));
    assertNotNull(againstSocket(allow, "/run/app/../docker.sock"));
    assertNotNull(againstSocket(allow, "/run/app/link/../a.sock"));
    assertNull(
        againstSocket(policy("preset: remote, allow: [{scheme: unix, host: \"@x*\"}]"), "@x1"));
  }

  @Test
  void theStricterOfFlagAndFileHolds() {
    TargetPolicySpec lifted =
        new TargetPolicySpec(
            PolicyPreset.REMOTE,
            false,
            List.of(new PolicyRule(Cidr.parse("127.0.0.0/8"), "", null, null)),
            List.of());
    assertNull(against(TargetPolicies.of(PolicyPreset.OFF, List.of(lifted)), "127.0.0.1"));
    assertNotNull(against(TargetPolicies.of(PolicyPreset.REMOTE, List.of(lifted)), "127.0.0.1"));
    TargetPolicy flag = TargetPolicies.of(PolicyPreset.PUBLIC, List.of());
    assertNotNull(against(flag, "10.0.0.1"));
  }

  @Test
  void theHostnameParameterIsJudgedByNameOnly() {
    TargetPolicy policy = policy("preset: remote, deny: [{host: a.example, port: 80}]");
    assertNull(policy.objectionToName("a.example"));
    assertNotNull(policy.objectionToName("LOCALHOST."));
    TargetPolicy strict = policy("default: deny, allow: [{host: \"*.example\"}]");
    assertNull(strict.objectionToName("b.example"));
    assertNotNull(strict.objectionToName("b.org"));
  }
}
