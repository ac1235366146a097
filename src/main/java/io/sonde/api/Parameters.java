package io.sonde.api;

import io.sonde.api.RefusedException.Fault;
import io.sonde.server.QueryString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, read strictly: a filter that is misspelt and therefore ignored
 * would look like an answer. All that is wrong is told at once.
 */
final class Parameters {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  /**
   * Reads a query.
   *
   * @param known every parameter that there may be
   */
  Parameters(QueryString query, List<String> known) {
    for (String parameter : query.raw().split("&", -1)) {
      if (!parameter.isEmpty() && faults.size() < RefusedException.MOST_FAULTS) {
        read(parameter, known);
      }
    }
  }

  private void read(String parameter, List<String> known) {
    int equals = parameter.indexOf('=');
    String rawName = equals < 0 ? parameter : parameter.substring(0, equals);
    String name = QueryString.decode(rawName);
    String value = equals < 0 ? "" : QueryString.decode(parameter.substring(equals + 1));
    if (name == null || !known.contains(name)) {
      fault("query", known.isEmpty() ? "no parameter" : oneOf(known), Shown.quoted(rawName));
    } else if (value == null) {
      fault(name, "percent escapes of two hexadecimal digits", Shown.quoted(parameter));
    } else if (values.put(name, value) != null) {
      fault(name, "one value", "more than one");
    }
  }

  private static String oneOf(List<String> words) {
    return "one of " + String.join(", ", words);
  }

  /** The value; null if it is absent or empty. */
  @Nullable String text(String name) {
    String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** As {@link #text}, no longer than so many characters. */
  @Nullable String text(String name, int most) {
    String value = text(name);
    if (value != null && value.length() > most) {
      fault(name, "at most " + most + " characters", String.valueOf(value.length()));
      return null;
    }
    return value;
  }

  /** A value that has to be there. */
  String required(String name) {
    String value = text(name);
    if (value == null) {
      fault(name, "a value", "none");
      return "";
    }
    return value;
  }

  /** A whole number within bounds. */
  int number(String name, int least, int most, int otherwise) {
    Integer number =
        read(
            name,
            "a whole number from " + least + " to " + most,
            text -> {
              int read = Integer.parseInt(text);
              return read < least || read > most ? null : read;
            });
    return number == null ? otherwise : number;
  }

  /** One of some words; null if it is absent. */
  <T> @Nullable T word(String name, Map<String, T> words) {
    return read(name, oneOf(List.copyOf(words.keySet())), words::get);
  }

  /**
   * Reads a value.
   *
   * @param expected what it should be
   * @param reader returns null, or throws an {@link IllegalArgumentException}, if it is not
   * @return null if it is absent or wrong
   */
  <T> @Nullable T read(String name, String expected, Function<String, @Nullable T> reader) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    T value;
    try {
      value = reader.apply(text);
    } catch (IllegalArgumentException ignored) {
      value = null;
    }
    if (value == null) {
      fault(name, expected, Shown.quoted(text));
    }
    return value;
  }

  private void fault(String name, String expected, String got) {
    faults.add(new Fault(name, expected, got));
  }

  /** Must be called when all are read. */
  void throwIfAnyIsWrong() throws RefusedException {
    if (!faults.isEmpty()) {
      throw RefusedException.of(400, faults);
    }
  }
}
