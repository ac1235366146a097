package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS settings that are written into the file and cannot work are told when it is checked. */
class CheckedTlsTest {
  private static final TestCa CA = TestCa.root("Test Root");
  private static final TestIdentity CLIENT = CA.server("client.example");
  private static final TestIdentity OTHER = CA.server("other.example");
  private static final String NO_PEM = "no PEM";

  @TempDir Path directory;

  private final Terminal terminal = Terminal.plain();

  @ParameterizedTest
  @CsvSource({
    "'tcp:\n      tls: true', tcp",
    "'tcp:\n      query_response: [{starttls: true}]', tcp",
    "'unix:\n      tls: true', unix",
    "'dns:\n      query_name: a\n      transport_protocol: tcp\n      dns_over_tls: true', dns",
    "'grpc:\n      tls: true', grpc",
    "'http:\n      method: GET', http",
  })
  void anAuthorityThatIsNoneIsToldForEveryProber(String block, String prober) throws IOException {
    check("    prober: " + prober + "\n    " + block + "\n", settings("ca", NO_PEM));
    assertTold(prober + ".tls_config.ca", "ca: no certificate in the PEM text");
  }

  @Test
  void blocksWithinBlocksAreLookedAt() throws IOException {
    String oauth2 = "oauth2: {client_id: a, client_secret: b, token_url: 'http://a/', ";
    check("    prober: http\n    http:\n", "      " + oauth2 + "tls_config: {ca: no PEM}}\n");
    assertTold("http.oauth2.tls_config.ca", "ca: no certificate in the PEM text");
    check(
        "    prober: websocket\n    websocket:\n",
        "      http_config: {tls_config: {ca: no PEM}}\n");
    assertTold("websocket.http_config.tls_config.ca", "ca: no certificate in the PEM text");
  }

  @Test
  void aCertificateAndAKeyMustBelongTogether() throws IOException {
    checkIdentity(CLIENT.certificatePem(), OTHER.keyPem());
    assertTold(
        "http.tls_config.key", "cert, key: client certificate and key do not belong together");
    assertFalse(terminal.output().contains("-----BEGIN PRIVATE"), terminal.output());
    checkIdentity(NO_PEM, CLIENT.keyPem());
    assertTold("http.tls_config.cert", "cert, key: no client certificate in the PEM text");
    checkIdentity(CLIENT.certificatePem(), NO_PEM);
    assertTold("http.tls_config.key", "cert, key: no PEM block with a private key");
  }

  @Test
  void settingsThatWorkAreNotTold() throws IOException {
    checkIdentity(CLIENT.certificatePem(), CLIENT.keyPem());
    assertEquals("1 file checked: no problems: ok\n", terminal.output());
  }

  @Test
  void settingsThatAreNotUsedAreNotTold() throws IOException {
    check("    prober: tcp\n    tcp:\n", settings("ca", NO_PEM));
    assertEquals("1 file checked: no problems: ok\n", terminal.output());
  }

  private void checkIdentity(String certificate, String key) throws IOException {
    check("    prober: http\n    http:\n", settings("cert", certificate) + setting("key", key));
  }

  private void check(String head, String tail) throws IOException {
    Path file = Files.writeString(directory.resolve("c.yml"), "modules:\n  m:\n" + head + tail);
    terminal.runs("check", file.toString());
  }

  private static String settings(String key, String text) {
    return "      tls_config:\n" + setting(key, text);
  }

  private static String setting(String key, String text) {
    return "        " + key + ": |\n" + text.indent(10);
  }

  private void assertTold(String path, String message) {
    String told = terminal.output();
    assertTrue(
        told.matches("(?s).*c\\.yml:[0-9]+:[0-9]+: unusable: modules\\.m\\.\\Q" + path + "\\E: .*"),
        told);
    assertTrue(told.contains(message), told);
    assertTrue(told.contains("        ^\n"), told);
    assertTrue(told.contains("1 unusable: ok\n"), told);
  }
}
