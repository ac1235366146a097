package io.sonde.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command writes, and what the reader's terminal can show: colours only on a terminal that
 * wants them, characters beyond ASCII only where the locale says UTF-8.
 */
final class Screen {
  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 40;
  private static final int MOST_WIDTH = 240;
  private static final int MOST_DIGITS = 4;

  /** In the order in which the C library looks at them; the first that is set counts. */
  private static final List<String> LOCALE_VARIABLES = List.of("LC_ALL", "LC_CTYPE", "LANG");

  private final PrintStream out;
  private final PrintStream err;
  private final int width;
  private final boolean colour;
  private final boolean unicode;

  private Screen(Surroundings surroundings) {
    Map<String, String> environment = surroundings.environment();
    this.out = stream(surroundings.out());
    this.err = stream(surroundings.err());
    this.width = width(environment.getOrDefault("COLUMNS", ""));
    this.colour =
        surroundings.outIsTerminal()
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    this.unicode = isUtf8(environment);
  }

  static Screen of(Surroundings surroundings) {
    return new Screen(surroundings);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** Characters in a line. */
  int width() {
    return width;
  }

  boolean colour() {
    return colour;
  }

  /** Whether characters beyond ASCII can be shown. */
  boolean unicode() {
    return unicode;
  }

  /** The text in the colour of its meaning, if there are colours. */
  String styled(Style style, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + style.code() + "m" + text + "\u001b[0m" : text;
  }

  /** A text from anywhere, as it can be shown on one line. */
  String visible(String text) {
    return Visible.text(text, unicode);
  }

  /** Writes what is complete. Returns false if nobody reads any more. */
  boolean print(String text) {
    out.print(text);
    out.flush();
    return !out.checkError();
  }

  private static PrintStream stream(OutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }

  private static int width(String columns) {
    boolean number =
        !columns.isEmpty()
            && columns.length() <= MOST_DIGITS
            && columns.chars().allMatch(c -> c >= '0' && c <= '9');
    int asked = number ? Integer.parseInt(columns) : 0;
    return asked == 0 ? USUAL_WIDTH : Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, asked));
  }

  private static boolean isUtf8(Map<String, String> environment) {
    for (String variable : LOCALE_VARIABLES) {
      String locale = environment.getOrDefault(variable, "");
      if (!locale.isEmpty()) {
        String upper = locale.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }
}
