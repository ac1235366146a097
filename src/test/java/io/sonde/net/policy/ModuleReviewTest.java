package io.sonde.net.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.ModuleConfig;
import io.sonde.config.PolicyPreset;
import io.sonde.config.Problem;
import io.sonde.probe.TargetPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules that can never work under their policy are found when they are loaded. */
class ModuleReviewTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "deny: [{scheme: icmp}]  | prober: icmp | prober: the target policy forbids all of its probes: rule deny[0] (scheme: icmp)",
        "deny: [{scheme: http}]  | prober: http | ^^",
        "deny: [{scheme: http}, {scheme: https}] | prober: http | prober: the target policy forbids all of its probes: rule deny[1] (scheme: https)",
        "deny: [{scheme: tcp}]   | prober: tcp, tcp: {tls: true} | ^^",
        "deny: [{scheme: tls}]   | prober: tcp, tcp: {tls: true} | prober: the target policy forbids all of its probes: rule deny[0] (scheme: tls)",
        "preset: remote          | prober: unix | prober: the target policy forbids all of its probes: preset remote denies unix sockets (this machine)",
        "preset: remote          | prober: unix, unix: {} | prober: the target policy forbids all of its probes: preset remote denies unix sockets (this machine)",
        "preset: remote, allow: [{scheme: unix, host: /run/a}] | prober: unix | ^^",
        "default: deny           | prober: dns, dns: {query_name: a} | prober: the target policy forbids all of its probes: no rule of allow is about it, and the default is deny",
        "preset: remote          | prober: http, http: {proxy_url: 'http://127.0.0.1:3128'} | http.proxy_url: the target policy forbids proxy to 127.0.0.1:3128: preset remote denies 127.0.0.0/8 (this machine)",
        "preset: remote          | prober: http, http: {proxy_url: 'http://[::1]:3128'} | http.proxy_url: the target policy forbids proxy to [::1]:3128: preset remote denies ::1 (this machine)",
        "preset: remote          | prober: http, http: {proxy_url: 'http://localhost:3128'} | http.proxy_url: the target policy forbids proxy to localhost:3128: preset remote denies localhost (this machine)",
        "preset: remote, allow: [{cidr: 127.0.0.1, port: 3128, scheme: proxy}] | prober: http, http: {proxy_url: 'http://127.0.0.1:3128'} | ^^",
        "preset: remote          | prober: http, http: {proxy_url: 'http://proxy.example:3128'} | ^^",
        "preset: remote          | prober: http, http: {oauth2: {client_id: a, client_secret: b, token_url: 'https://169.254.169.254/t'}} | http.oauth2.token_url: the target policy forbids https to 169.254.169.254:443: preset remote denies 169.254.169.254 (metadata services of clouds)",
        "preset: remote          | prober: websocket, websocket: {http_config: {proxy_url: 'http://127.0.0.1:1'}} | websocket.http_config.proxy_url: the target policy forbids proxy to 127.0.0.1:1: preset remote denies 127.0.0.0/8 (this machine)",
      })
  void whatCanNeverWorkIsTold(String policy, String module, String expected) throws Exception {
    assertEquals(expected, told(policy, module));
  }

  private static String told(String policy, String module) throws ConfigException {
    String text = "modules: {m: {" + module + "}}\ntarget_policy: {" + policy + "}\n";
    Config config = ConfigLoader.parse("p.yml", text.getBytes(StandardCharsets.UTF_8));
    TargetPolicy compiled = TargetPolicies.of(PolicyPreset.OFF, config.targetPolicies());
    ModuleConfig loaded = Objects.requireNonNull(config.modules().get("m"));
    return compiled.objections(loaded).stream()
        .map(ModuleReviewTest::text)
        .collect(Collectors.joining("\n"));
  }

  private static String text(Problem problem) {
    assertEquals(Problem.Severity.WARNING, problem.severity());
    return problem.path().replace("modules.m.", "") + ": " + problem.message();
  }
}
