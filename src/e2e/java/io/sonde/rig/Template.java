package io.sonde.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with {@code @name@} places to fill in; a name that nobody gave is an error. */
public final class Template {
  private static final Pattern PLACE = Pattern.compile("@([a-z][a-z0-9_]*)@");

  private Template() {}

  /** Fills in every place of {@code text}. */
  public static String fill(String text, Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalArgumentException("no value for " + place.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** Fills in {@code source} and writes the result to {@code destination}. */
  public static void write(Path source, Path destination, Map<String, String> values)
      throws IOException {
    Files.writeString(destination, fill(Files.readString(source), values));
  }
}
