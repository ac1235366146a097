package io.sonde.cli;

import io.sonde.config.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time that an option gives, such as {@code 5s} or {@code 250ms}. */
final class PositiveDuration implements ITypeConverter<Duration> {
  /** For picocli. */
  PositiveDuration() {}

  @Override
  public Duration convert(String text) {
    Duration duration = Durations.parse(text);
    if (duration == null || duration.isNegative() || duration.isZero()) {
      throw new TypeConversionException("expected a time like 5s or 250ms, got " + hint(text));
    }
    return duration;
  }

  private static String hint(String text) {
    @Nullable Duration inSeconds = Durations.parse(text + "s");
    return inSeconds == null || inSeconds.isNegative() || inSeconds.isZero()
        ? '"' + text + '"'
        : '"' + text + "\"; did you mean " + text + "s?";
  }
}
