package io.sonde.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Copies of rules and routes in which every duration is a fraction of what it is. */
final class Shortened {
  /** An hour becomes a minute. */
  static final int FACTOR = 60;

  private static final String DURATION = "(\\d+)(ms|s|m|h|d|w)";

  /** {@code for: 5m} and the like, {@code [5m]}, {@code [3d:5m]}; no part of a name or a text. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?m)^(\\s*(?:for|keep_firing_for|interval|group_wait|group_interval|repeat_interval): )"
              + DURATION
              + "$");

  private static final Pattern RANGE =
      Pattern.compile("\\[" + DURATION + "(?::" + DURATION + ")?]");

  private Shortened() {}

  /** Writes a shortened copy of {@code source}. */
  static void copy(Path source, Path destination) throws IOException {
    Files.writeString(destination, text(Files.readString(source)));
  }

  /** A shortened copy of a text. */
  static String text(String rules) {
    String keys =
        KEY.matcher(rules)
            .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + shorter(found, 2)));
    return RANGE
        .matcher(keys)
        .replaceAll(
            found ->
                found.group(3) == null
                    ? "[" + shorter(found, 1) + "]"
                    : "[" + shorter(found, 1) + ":" + shorter(found, 3) + "]");
  }

  private static String shorter(MatchResult found, int group) {
    long millis = Long.parseLong(found.group(group)) * millisIn(found.group(group + 1));
    return millis / FACTOR + "ms";
  }

  private static long millisIn(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 604_800_000;
    };
  }
}
