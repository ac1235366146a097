package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What absent keys mean, and what becomes of deprecated ones. */
class ModuleDefaultsTest {
  private static ModuleConfig bare(String prober) {
    return ConfigFiles.only(ConfigFiles.load("modules: {a: {prober: " + prober + "}}"));
  }

  @ParameterizedTest
  @EnumSource(ProberKind.class)
  void aBareModuleIsOneOfDefaults(ProberKind kind) {
    ModuleConfig module = bare(kind.word());
    assertEquals(kind, module.prober());
    assertEquals(Duration.ZERO, module.timeout());
    assertEquals(HttpSpec.DEFAULT, module.http());
    assertEquals(DnsSpec.DEFAULT, module.dns());
    assertEquals(UnixSpec.DEFAULT, module.unix());
    assertEquals(kind == ProberKind.GRPC ? GrpcSpec.DEFAULT : GrpcSpec.ZERO, module.grpc());
  }

  @Test
  void aBareGrpcModuleIsAsGoodAsAnEmptyBlock() {
    assertEquals(bare("grpc").grpc(), ConfigFiles.module("grpc", "").grpc());
    assertTrue(bare("grpc").grpc().ip().fallback());
    assertEquals(
        GrpcSpec.DEFAULT,
        ConfigFiles.only(ConfigFiles.load("modules: {a: {prober: grpc, grpc: }}")).grpc());
  }

  @Test
  void anEmptyModuleLoadsAndCannotProbe() {
    Config config = ConfigFiles.load("modules:\n  a:\n");
    ModuleConfig module = ConfigFiles.only(config);
    assertNull(module.prober());
    assertNull(module.spec());
    Problem warning = config.warnings().get(0);
    assertEquals(Problem.Severity.UNUSABLE, warning.severity());
    assertEquals("a", warning.module());
    assertEquals("sonde.yml:2:3: modules.a: the module has no prober", warning.toString());
  }

  @Test
  void aMisspeltPreferenceMeansIp4() {
    for (String word : List.of("ip4", "ipv6", "x")) {
      assertFalse(
          ConfigFiles.module("tcp", "preferred_ip_protocol: " + word).tcp().ip().prefersIp6());
    }
    assertTrue(ConfigFiles.module("tcp", "preferred_ip_protocol: ip6").tcp().ip().prefersIp6());
    assertTrue(ConfigFiles.module("tcp", "preferred_ip_protocol: ''").tcp().ip().prefersIp6());
  }

  @Test
  void theOldKeyForRedirectsWins() {
    assertFalse(
        ConfigFiles.http("no_follow_redirects: true\nfollow_redirects: true")
            .client()
            .followRedirects());
    assertTrue(
        ConfigFiles.http("no_follow_redirects: false\nfollow_redirects: false")
            .client()
            .followRedirects());
    assertFalse(ConfigFiles.http("follow_redirects: false").client().followRedirects());
  }

  @Test
  void aBearerTokenIsAnAuthorization() {
    assertEquals(
        new Authorization("Bearer", Source.inline("t")),
        ConfigFiles.http("bearer_token: t").client().authorization());
    assertEquals(
        new Authorization("Bearer", Source.file("t")),
        ConfigFiles.http("bearer_token_file: t").client().authorization());
  }

  @Test
  void anAuthorizationHasATypeWithoutBlanks() {
    assertEquals(
        new Authorization("Bearer", Source.NONE),
        ConfigFiles.http("authorization: {}").client().authorization());
    assertEquals(
        new Authorization("ApiKey", Source.inline("c")),
        ConfigFiles.http("authorization: {type: ' ApiKey ', credentials: c}")
            .client()
            .authorization());
  }

  @Test
  void anEmptyBasicAuthIsNotAnAbsentOne() {
    assertEquals(
        new BasicAuth(Source.NONE, Source.NONE),
        ConfigFiles.http("basic_auth: {}").client().basicAuth());
    assertNull(ConfigFiles.http("basic_auth: ~").client().basicAuth());
  }

  @Test
  void aHeaderMayBeABareText() {
    Map<String, HeaderBlock> expected =
        Map.of(
            "A", new HeaderBlock(List.of("x"), List.of(), List.of()),
            "B", new HeaderBlock(List.of(), List.of(), List.of()),
            "C", new HeaderBlock(List.of("y"), List.of(Secret.of("z")), List.of("f")));
    String headers = "{A: x, B: ~, C: {values: [y], secrets: [z], files: [f]}}";
    assertEquals(
        expected, ConfigFiles.module("websocket", "headers: " + headers).websocket().headers());
    assertEquals(expected, ConfigFiles.http("http_headers: " + headers).client().httpHeaders());
  }

  @Test
  void websocketHeadersMayHaveAnyName() {
    assertEquals(
        1, ConfigFiles.module("websocket", "headers: {Host: x}").websocket().headers().size());
  }

  @Test
  void anHttpConfigBeginsWithItsDefaults() {
    assertEquals(HttpClientSpec.ZERO, bare("websocket").websocket().http());
    assertEquals(
        HttpClientSpec.DEFAULT,
        ConfigFiles.module("websocket", "http_config: {}").websocket().http());
    assertEquals(
        HttpClientSpec.ZERO, ConfigFiles.module("websocket", "http_config: ~").websocket().http());
  }

  @Test
  void anEmptyListOfRcodesIsNotAnAbsentOne() {
    assertNull(ConfigFiles.module("dns", "query_name: a").dns().validRcodes());
    assertEquals(
        List.of(),
        ConfigFiles.module("dns", "query_name: a\nvalid_rcodes: []").dns().validRcodes());
  }

  @Test
  void claimsAreATreeOfAnything() {
    OAuth2Spec oauth2 =
        ConfigFiles.http(
                """
                oauth2:
                  client_id: a
                  token_url: b
                  claims: {n: 1, x: 1.5, t: true, s: 'on', l: [a, {b: c}]}
                """)
            .client()
            .oauth2();
    assertEquals(
        Map.of("n", 1L, "x", 1.5, "t", true, "s", "on", "l", List.of("a", Map.of("b", "c"))),
        oauth2 == null ? null : oauth2.claims());
  }

  @Test
  void aCopyKeepsAllButWhatIsChanged() {
    ModuleConfig module = ConfigFiles.module("http", "method: POST");
    ModuleConfig changed =
        module.withHttp(module.http().withHeaders(Map.of("Host", "example.com")));
    assertEquals("POST", changed.http().method());
    assertEquals(Map.of("Host", "example.com"), changed.http().headers());
    assertEquals(module, changed.withHttp(changed.http().withHeaders(Map.of())));
    TlsSpec tls = module.tcp().tlsConfig().withServerName("example.com");
    assertEquals(
        "example.com",
        module.withTcp(module.tcp().withTlsConfig(tls)).tcp().tlsConfig().serverName());
  }
}
