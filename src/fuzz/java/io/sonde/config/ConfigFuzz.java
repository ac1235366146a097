package io.sonde.config;

/** Configuration files: they load, or all that is wrong with them is told. */
public final class ConfigFuzz {
  private ConfigFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      Config config = ConfigLoader.parse("fuzz.yml", data);
      ConfigPrinter.print(config);
    } catch (ConfigException e) {
      if (e.problems().isEmpty()) {
        throw new AssertionError("expected a problem", e);
      }
    }
  }
}
