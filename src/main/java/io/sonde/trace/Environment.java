package io.sonde.trace;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Variables as the OpenTelemetry specification has them: empty is unset, and what is about traces
 * only ({@code OTEL_EXPORTER_OTLP_TRACES_X}) goes before what is about all signals. Failures name
 * the variable, and no value that may be a secret.
 */
final class Environment {
  private static final String OTLP = "OTEL_EXPORTER_OTLP_";
  private static final String OTLP_TRACES = OTLP + "TRACES_";

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The value, without blanks around it; null if there is none. */
  @Nullable String text(String name) {
    String value = variables.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  String text(String name, String fallback) {
    String value = text(name);
    return value == null ? fallback : value;
  }

  /** What an exporter is told, by the end of the variable's name. */
  @Nullable String otlp(String end) {
    return text(otlpName(end));
  }

  /** The variable that tells it: the one for traces, if that is set. */
  String otlpName(String end) {
    return text(OTLP_TRACES + end) != null ? OTLP_TRACES + end : OTLP + end;
  }

  /** A whole number from {@code least}. */
  int number(String name, int least, int fallback) {
    String value = text(name);
    try {
      int number = value == null ? fallback : Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // Told below.
    }
    throw expected(name, "a whole number from " + least, value);
  }

  /** A number of milliseconds, from 1. */
  Duration millis(String name, int fallback) {
    return Duration.ofMillis(number(name, 1, fallback));
  }

  /** A number from 0 to 1. */
  double ratio(String name, double fallback) {
    String value = text(name);
    try {
      double ratio = value == null ? fallback : Double.parseDouble(value);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException ignored) {
      // Told below.
    }
    throw expected(name, "a number from 0 to 1", value);
  }

  /** Pairs such as {@code a=b,c=d}, whose values are percent-encoded (W3C Baggage). */
  Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text(name, "").split(",", -1)) {
      if (pair.isBlank()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException(name + ": expected name=value, separated by commas");
      }
      String value = pair.substring(equals + 1).strip();
      try {
        value = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            name + ": the value of " + pair.substring(0, equals).strip() + " is not encoded", e);
      }
      pairs.put(pair.substring(0, equals).strip(), value);
    }
    return pairs;
  }

  static IllegalArgumentException expected(String name, String what, @Nullable String got) {
    return new IllegalArgumentException(name + ": expected " + what + ", got " + got);
  }
}
