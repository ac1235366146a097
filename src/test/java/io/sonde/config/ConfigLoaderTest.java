package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are read, and it is said why they cannot be. */
class ConfigLoaderTest {
  private static final String UNREADABLE =
      "failed to generate initial checksum for configuration file: error reading YAML file: ";

  @TempDir private Path folder;

  @Test
  void aFileIsLoaded() throws IOException, ConfigException {
    Path file = folder.resolve("a.yml");
    Files.writeString(file, "modules: {a: {prober: icmp}}");
    assertEquals(ProberKind.ICMP, ConfigFiles.only(ConfigLoader.load(file)).prober());
  }

  @Test
  void messagesNameTheFileAsItWasGiven() throws IOException {
    Path file = folder.resolve("a.yml");
    Files.writeString(file, "modules: {a: {}}");
    ConfigException failure = assertThrows(ConfigException.class, () -> ConfigLoader.load(file));
    assertEquals(file.toString(), failure.problems().get(0).file());
  }

  @Test
  void aMissingFileIsTold() {
    Path file = folder.resolve("none.yml");
    ConfigException failure = assertThrows(ConfigException.class, () -> ConfigLoader.load(file));
    assertEquals(UNREADABLE + "open " + file + ": no such file or directory", failure.getMessage());
    assertEquals(1, failure.problems().size());
  }

  @Test
  void aFolderIsNoFile() {
    ConfigException failure = assertThrows(ConfigException.class, () -> ConfigLoader.load(folder));
    assertEquals(UNREADABLE + "read " + folder + ": is a directory", failure.getMessage());
  }

  @Test
  void theBuiltInModulesLoadWithoutWarning() throws IOException, ConfigException {
    try (InputStream in = ConfigLoader.class.getResourceAsStream("/io/sonde/sonde.yml")) {
      Config config = ConfigLoader.parse("built-in", Objects.requireNonNull(in).readAllBytes());
      assertEquals(List.of(), config.warnings());
      assertEquals(
          List.of("http_2xx", "http_post_2xx", "http_basic_auth_401", "tcp_connect", "tls_expiry"),
          List.copyOf(config.modules().keySet()).subList(0, 5));
      ModuleConfig demands = Objects.requireNonNull(config.modules().get("http_basic_auth_401"));
      assertEquals(List.of(401), demands.http().validStatusCodes());
      ModuleConfig expiry = Objects.requireNonNull(config.modules().get("tls_expiry"));
      assertTrue(expiry.tcp().tls() && expiry.tcp().tlsConfig().insecureSkipVerify());
    }
  }
}
