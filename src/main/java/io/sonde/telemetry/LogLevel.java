package io.sonde.telemetry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much a record must matter to be written. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR;

  /** The level of that name in any case, or null. */
  public static @Nullable LogLevel of(String name) {
    for (LogLevel level : values()) {
      if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
        return level;
      }
    }
    return null;
  }
}
