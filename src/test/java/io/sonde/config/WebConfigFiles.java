package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Texts of web configurations, loaded as a file called {@code /etc/web.yml}. */
final class WebConfigFiles {
  static final String HASH = "$2y$10$" + "abcdefghijklmnopqrstuv./ABCDEFGHIJKLMNOPQRSTUVWXYZ012";
  static final String TLS = "tls_server_config:\n  cert_file: a\n  key_file: b\n";
  private static final Path FILE = Path.of("/etc/web.yml");

  private WebConfigFiles() {}

  static WebConfig load(String text) {
    try {
      return WebConfigLoader.parse(FILE, text.getBytes(StandardCharsets.UTF_8));
    } catch (ConfigException failure) {
      throw new AssertionError(failure.getMessage(), failure);
    }
  }

  static ConfigException problemsOf(String text) {
    return assertThrows(
        ConfigException.class,
        () -> WebConfigLoader.parse(FILE, text.getBytes(StandardCharsets.UTF_8)));
  }
}
