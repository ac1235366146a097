package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must never be shown, and what may. */
class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: hunter2",
        "\"password\" : hunter2",
        "- {user: a, password: hunter2}",
        "bearer_token: 'hunter2'",
        "authorization: {type: Bearer, credentials: hunter2}",
        "headers: {X-Api-Key: hunter2}",
        "Cookie: hunter2",
        "send: \"PASS hunter2\"",
        "proxy_url: http://joe:hunter2@proxy:3128",
        "body: user=a&pass=hunter2",
        "client_secret: hunter2",
        "s: &s hunter2",
        "- &s !!str hunter2",
        "s: [&s hunter2, a]",
        ": hunter2",
        "proxy_url: http://joe:a/hunter2@proxy:3128",
        "token_url: http://host/?client_secret=hunter2&a=b",
        "body: '{\"password\": \"hunter2\"}'",
        "api_key=hunter2&b=c",
      })
  void aSecretOnTheLineIsMasked(String line) {
    String shown = new SecretLines(List.of("  " + line)).shown(0);
    assertFalse(shown.contains("hunter2"), shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key: |\n  -----BEGIN\n  hunter2",
        "key: |\n  -----BEGIN\nhunter2",
        "key: |\n\n  a b\n\n  hunter2",
        "Authorization:\n  - hunter2",
        "Proxy-Authorization:\n  values:\n    - hunter2",
        "endpoint_params:\n  a: hunter2",
        "password:\n  hunter2",
        "s: &s |\n  a\n  hunter2",
        "s: &s\n  hunter2",
        "body: |\n  a=b&password=hunter2",
      })
  void aLineThatBelongsToASecretIsMasked(String text) {
    List<String> lines = text.lines().toList();
    String shown = new SecretLines(lines).shown(lines.size() - 1);
    assertFalse(shown.contains("hunter2"), shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    metod: GET",
        "password_file: /etc/secret/file",
        "valid_status_codes: [200, 404]",
        "  - '^SSH-2.0-'",
        "url: http://host/path",
        "# a comment",
        "      body: a",
        "      body: name=joe&id=1",
        "defaults: &defaults",
        "defaults: &defaults {method: GET}",
        "",
      })
  void otherLinesStayAsTheyAre(String line) {
    assertEquals(line, new SecretLines(List.of("modules:", line)).shown(1));
  }

  @Test
  void aKeyAfterTheSecretIsShownAgain() {
    List<String> lines = List.of("tls_config:", "  key: |", "    abc", "  nope: 1");
    assertEquals("  nope: 1", new SecretLines(lines).shown(3));
  }
}
