package io.sonde.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * JSON Schemas of the configuration files, as maps and lists: made of the very keys that the
 * loaders know and of what the documentation says about them.
 */
public final class ConfigSchema {
  private ConfigSchema() {}

  /** The schema of what {@code --config.file} names. */
  public static Map<String, Object> ofModules() {
    return new Schema(page("configuration.md"), true)
        .of(ConfigBlock.BLOCK, "Configuration of Sonde");
  }

  /** The schema of what {@code --web.config.file} names. */
  public static Map<String, Object> ofWebServer() {
    return new Schema(page("web-config.md"), false)
        .of(WebConfigBlock.BLOCK, "Configuration of Sonde's web server");
  }

  private static Meanings page(String name) {
    try (InputStream in = ConfigSchema.class.getResourceAsStream("/io/sonde/" + name)) {
      byte[] page = Objects.requireNonNull(in, name).readAllBytes();
      return Meanings.of(new String(page, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
