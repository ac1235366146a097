package io.sonde;

import io.sonde.config.source.ConfigSource;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** The daemon cannot start; the message is the record that says why. */
final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String advice;

  /**
   * A failed start whose reason says enough.
   *
   * @param message what failed, a fixed text
   * @param reason why
   */
  StartupException(String message, String reason) {
    this(message, reason, "");
  }

  /**
   * A failed start.
   *
   * @param message what failed, a fixed text
   * @param reason why
   * @param advice what to do; empty if the reason says enough
   */
  StartupException(String message, String reason, String advice) {
    super(message, null, false, false);
    this.reason = reason;
    this.advice = advice;
  }

  /** A configuration did not load. */
  static StartupException ofConfig(ConfigSource source, Exception problem) {
    return new StartupException(
        "Error loading config",
        String.valueOf(problem.getMessage()),
        StartupAdvice.forConfig(source.file()));
  }

  /** A web configuration did not load. */
  static StartupException ofWebConfig(String file, Exception problem) {
    return new StartupException(
        "Error loading web config",
        String.valueOf(problem.getMessage()),
        "correct the file, or those that it names; sonde check --web.config.file="
            + file
            + " shows every problem in its place");
  }

  /** Writes the record that says why. */
  void log(Logger logger) {
    LoggingEventBuilder record = logger.atError().addKeyValue("err", reason);
    if (!advice.isEmpty()) {
      record = record.addKeyValue("advice", advice);
    }
    record.log(getMessage());
  }
}
