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
      return parse(text);
    } catch (ConfigException failure) {
      throw new AssertionError(failure.getMessage(), failure);
    }
  }

  static ConfigException problemsOf(String text) {
    return assertThrows(ConfigException.class, () -> parse(text));
  }

  /** Loads a text, and claims that its schema says the same of it. */
  private static WebConfig parse(String text) throws ConfigException {
    try {
      WebConfig config = WebConfigLoader.parse(FILE, text.getBytes(StandardCharsets.UTF_8));
      SchemaJudge.OF_WEB_SERVER.judge(text, null);
      return config;
    } catch (ConfigException failure) {
      SchemaJudge.OF_WEB_SERVER.judge(text, failure);
      throw failure;
    }
  }
}
