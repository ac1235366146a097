package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text makes the loader do anything but load or say why not, and no message tells a secret. */
class HostileInputTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: [hunter2]",
        "password: !!binary hunter2%",
        "password: !!int hunter2",
        "password: *hunter2",
        "password: !hunter2!x y",
        "password: 'hunter2",
        "password: \"hunter2\\xhunter2\"",
        "password: @hunter2",
        "password: hunter2: x",
        "password: {hunter2: x}",
        "<<: hunter2",
      })
  void aSecretIsInNoMessage(String line) {
    assertTellsNoSecret("basic_auth: {" + line + "}");
    assertTellsNoSecret("basic_auth:\n  " + line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "basic_auth: hunter2",
        "authorization: hunter2",
        "oauth2: hunter2",
        "tls_config: hunter2",
        "headers: hunter2",
        "http_headers: hunter2",
        "http_headers: {X: {secrets: hunter2}}",
        "http_headers: {X: {values: hunter2}}",
        "proxy_connect_header: {X: hunter2}",
        "proxy_connect_header: hunter2",
        "proxy_url: 'http://u:hunter2@h:x'",
        "proxy_url: 'http://u:hunter2 @h'",
        "bearer_token: [hunter2]",
        "headers: {Authorization: [hunter2], Cookie: !!int hunter2}",
        "oauth2: {endpoint_params: hunter2, claims: hunter2, client_secret: {hunter2: x}}",
        "body: !!int hunter2",
      })
  void aValueUnderASecretKeyIsNotRepeated(String lines) {
    assertTellsNoSecret(lines);
  }

  private static void assertTellsNoSecret(String lines) {
    ConfigException failure = ConfigFiles.problemsOf(ConfigFiles.moduleText("http", lines));
    assertFalse(String.valueOf(failure.getMessage()).contains("hunter2"), failure.getMessage());
    assertFalse(failure.problems().toString().contains("hunter2"));
  }

  @Test
  void aSecretIsInNoDescriptionOfALoadedModule() {
    ModuleConfig module =
        ConfigFiles.module(
            "http",
            """
            basic_auth: {username: hunter2, password: hunter2}
            tls_config: {key: hunter2, cert: x}
            proxy_url: http://u:hunter2@h
            proxy_connect_header: {X: [hunter2]}
            http_headers: {X: {secrets: [hunter2]}}
            """);
    assertFalse(module.toString().contains("hunter2"));
  }

  @Test
  void aliasesOfAliasesAreCounted() {
    StringBuilder claims = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      claims.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(10)));
    }
    String lines =
        "oauth2:\n  client_id: a\n  token_url: b\n  claims:\n" + claims.toString().indent(4);
    String failure = ConfigFiles.failureOf(ConfigFiles.moduleText("http", lines));
    assertTrue(failure.contains("yaml: document contains excessive aliasing"), failure);
  }

  @Test
  void longChainsOfMergesAreRefused() {
    StringBuilder text = new StringBuilder("modules:\n  m0: &m0 {prober: tcp}\n");
    for (int i = 1; i < 20_000; i++) {
      text.append("  m%d: &m%d {<<: *m%d}\n".formatted(i, i, i - 1));
    }
    String failure = ConfigFiles.failureOf(text.toString());
    assertTrue(failure.contains("yaml: document contains excessive aliasing"), failure);
  }

  @Test
  void longChainsOfAliasesInClaimsAreRefused() {
    StringBuilder claims = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 20_000; i++) {
      claims.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
    }
    String lines =
        "oauth2:\n  client_id: a\n  token_url: b\n  claims:\n" + claims.toString().indent(4);
    String failure = ConfigFiles.failureOf(ConfigFiles.moduleText("http", lines));
    assertTrue(failure.contains("yaml: document contains excessive aliasing"), failure);
  }

  @Test
  void aValueThatContainsItselfIsRefused() {
    String failure = ConfigFiles.failureOf("modules: &m\n  a: *m\n");
    assertEquals(
        "error parsing config file: yaml: line 2: an anchor's value contains itself"
            + " (sonde.yml:2:6)",
        failure);
  }

  @Test
  void deepNestingIsRefused() {
    for (String open : new String[] {"[", "{a: ", "- ", "? "}) {
      String failure = ConfigFiles.failureOf(open.repeat(20_000));
      assertTrue(failure.startsWith("error parsing config file: yaml: "), failure);
    }
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    ConfigException failure =
        org.junit.jupiter.api.Assertions.assertThrows(
            ConfigException.class,
            () -> ConfigLoader.parse("sonde.yml", new byte[] {'a', ':', (byte) 0xff}));
    assertEquals(
        "error parsing config file: yaml: the text is not UTF-8 (sonde.yml)", failure.getMessage());
  }

  @Test
  void controlCharactersAreRefused() {
    assertEquals(
        "error parsing config file: yaml: control characters are not allowed (sonde.yml)",
        ConfigFiles.failureOf("a: \u0007"));
  }

  @Test
  void anyTextLoadsOrIsRefused() {
    Random random = new Random(7);
    byte[] good =
        (ConfigFiles.moduleText(
                    "http", "headers: {a: &x 'b', c: *x}\nbody: |\n  text\n  <<: !!binary x")
                + ConfigFiles.moduleText("dns", "query_name: a").substring("modules:\n".length()))
            .getBytes(StandardCharsets.UTF_8);
    String alphabet = " \t\n:-?{}[],&*!|>'\"%@#~<=a0.\\\r\u0085";
    for (int i = 0; i < 3000; i++) {
      byte[] text = good.clone();
      for (int change = random.nextInt(6); change >= 0; change--) {
        text[random.nextInt(text.length)] =
            (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      try {
        ConfigPrinter.print(ConfigLoader.parse("sonde.yml", text));
      } catch (ConfigException failure) {
        assertTrue(String.valueOf(failure.getMessage()).startsWith("error parsing config file: "));
      }
    }
  }
}
