package io.sonde;

import io.sonde.cli.ServeOptions;
import io.sonde.telemetry.LogLevel;
import org.slf4j.Logger;

/** Says at start which flags this version does not obey; where that would be unsafe, it refuses. */
final class Unsupported {
  private Unsupported() {}

  /**
   * Tells what will not be done.
   *
   * @throws StartupException if serving without it would be worse than not serving
   */
  static void tell(ServeOptions options, Logger logger) throws StartupException {
    if (!options.webConfigFile().isEmpty()) {
      throw refusal("--web.config.file", "it would serve without the TLS and the users it names");
    }
    if (LogLevel.of(options.logProber()) == null) {
      logger
          .atWarn()
          .addKeyValue("value", options.logProber())
          .log("Unrecognized --log.prober level, using info");
    }
  }

  private static StartupException refusal(String flag, String why) {
    return new StartupException("Cannot start", flag + " is not in this version yet: " + why);
  }
}
