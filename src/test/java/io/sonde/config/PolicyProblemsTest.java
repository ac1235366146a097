package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is wrong with a target policy is told in its place, with what was expected. */
class PolicyProblemsTest {
  private static final String BROKEN =
      """
      modules: {}
      target_policy:
        preset: remotely
        default: maybe
        presets: public
        allow:
          - {cidr: 10.0.0.0/33}
          - {cidr: 010.0.0.1}
          - {cidr: example.com}
          - {host: 10.0.0.1}
          - {host: "a b"}
          - {host: "example.com:80"}
          - {port: 70000}
          - {port: 90-80}
          - {scheme: htpp}
          - {scheme: icmp, port: 7}
          - {scheme: unix, cidr: 10.0.0.0/8}
          - {}
          - {hosts: x}
        deny: {cidr: 10.0.0.0/8}
      """;

  private static final String TOLD =
      """
      error parsing config file: yaml: unmarshal errors:
        line 3: preset "remotely" is not valid (sonde.yml:3:11 target_policy.preset; did you mean remote?)
        line 4: default "maybe" is not valid (sonde.yml:4:12 target_policy.default; expected one of allow, deny)
        line 5: field presets not found in type config.plain (sonde.yml:5:3 target_policy.presets; did you mean preset?)
        line 7: "10.0.0.0/33" is no CIDR (sonde.yml:7:14 target_policy.allow[0].cidr; expected an address or a block such as 10.0.0.0/8 or fd00::/8)
        line 8: "010.0.0.1" is no CIDR (sonde.yml:8:14 target_policy.allow[1].cidr; expected an address or a block such as 10.0.0.0/8 or fd00::/8)
        line 9: "example.com" is no CIDR (sonde.yml:9:14 target_policy.allow[2].cidr; expected an address or a block such as 10.0.0.0/8 or fd00::/8)
        line 10: host takes names, not addresses (sonde.yml:10:14 target_policy.allow[3].host; did you mean cidr?)
        line 11: a name has no spaces (sonde.yml:11:14 target_policy.allow[4].host; expected a name such as *.example.com)
        line 12: "example.com:80" is no name (sonde.yml:12:14 target_policy.allow[5].host; expected a name such as *.example.com; there are cidr, port and scheme)
        line 13: "70000" is no port (sonde.yml:13:14 target_policy.allow[6].port; expected a port such as 443, or some such as 8000-8099)
        line 14: "90-80" is no port (sonde.yml:14:14 target_policy.allow[7].port; expected a port such as 443, or some such as 8000-8099)
        line 15: scheme "htpp" is not valid (sonde.yml:15:16 target_policy.allow[8].scheme; did you mean http?)
        line 16: icmp has no ports (sonde.yml:16:28 target_policy.allow[9].port)
        line 17: unix sockets have no address (sonde.yml:17:28 target_policy.allow[10].cidr; host takes their path)
        line 18: a rule without cidr, host, port and scheme (sonde.yml:18:7 target_policy.allow[11]; it would be about everybody)
        line 19: a rule without cidr, host, port and scheme (sonde.yml:19:7 target_policy.allow[12]; it would be about everybody)
        line 19: field hosts not found in type config.plain (sonde.yml:19:8 target_policy.allow[12].hosts; did you mean host?)
        line 20: cannot unmarshal !!map into []config.plain (sonde.yml:20:9 target_policy.deny; expected list of policy rule)
      """;

  @Test
  void allProblemsAreToldAtOnceEachInItsPlace() {
    ConfigException failure = assertThrows(ConfigException.class, () -> parse(BROKEN));
    assertEquals(TOLD, failure.getMessage() + "\n");
  }

  @Test
  void whatIsDoubtfulIsWarnedOf() throws ConfigException {
    assertEquals(
        "sonde.yml:2:26: target_policy.default: nothing can be probed (allow says what can)",
        warnings("target_policy: {default: deny}\n"));
    assertEquals(
        "sonde.yml:2:24: target_policy.allow: these rules have no effect (everything is allowed; did"
            + " you mean to set default: deny, or a preset?)",
        warnings("target_policy: {allow: [{port: 80}]}\n"));
    assertEquals(
        "sonde.yml:2:31: target_policy.deny[0].cidr: bits are set behind the prefix (it means"
            + " 10.0.0.0/8)",
        warnings("target_policy: {deny: [{cidr: 10.1.2.3/8}]}\n"));
    assertEquals("", warnings("target_policy: {preset: remote, deny: [{cidr: 10.0.0.0/8}]}\n"));
  }

  private static String warnings(String block) throws ConfigException {
    StringBuilder text = new StringBuilder();
    parse("modules: {}\n" + block).warnings().forEach(text::append);
    return text.toString();
  }

  private static Config parse(String text) throws ConfigException {
    return ConfigLoader.parse("sonde.yml", text.getBytes(StandardCharsets.UTF_8));
  }
}
