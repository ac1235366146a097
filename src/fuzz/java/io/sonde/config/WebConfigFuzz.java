package io.sonde.config;

import java.nio.file.Path;

/** Web configurations: they load, or all that is wrong with them is told. */
public final class WebConfigFuzz {
  private static final Path FILE = Path.of("/fuzz/web.yml");

  private WebConfigFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      WebConfig config = WebConfigLoader.parse(FILE, data);
      if (config.users().toString().contains("$2")) {
        throw new AssertionError("a hash is shown");
      }
    } catch (ConfigException e) {
      if (e.problems().isEmpty()) {
        throw new AssertionError("expected a problem", e);
      }
    }
  }
}
