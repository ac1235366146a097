package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "http://joe:hunter2@host/, http://joe:<secret>@host/",
    "joe:hunter2@host:80, joe:<secret>@host:80",
    "http://joe@host/, http://joe@host/",
    "http://host/a:b@c, http://host/a:b@c",
    "http://j:abc@host/, http://j:<secret>@host/",
    "host:80, host:80"
  })
  void thePasswordOfATargetIsHidden(String target, String shown) {
    assertEquals(shown, TargetSecret.of(target).hide(target));
  }

  @Test
  void aPasswordIsHiddenWhereverItTurnsUp() {
    assertEquals(
        "parse \"<secret>\": bad",
        TargetSecret.of("http://joe:hunter2@h").hide("parse \"hunter2\": bad"));
  }
}
