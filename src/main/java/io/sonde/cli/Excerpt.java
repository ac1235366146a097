package io.sonde.cli;

import java.util.List;
import java.util.Locale;

/** Shows lines of a file with a caret under a column. */
final class Excerpt {
  private static final int TAB_WIDTH = 4;
  private static final int NUMBER_WIDTH = 6;
  private static final String CUT = "...";

  /** How much of a long line stands before the caret. */
  private static final int LEAD = 20;

  private final Screen screen;
  private final SecretLines secrets;
  private final int lines;

  /** Shows lines of a text. */
  Excerpt(Screen screen, List<String> lines) {
    this.screen = screen;
    this.secrets = new SecretLines(lines);
    this.lines = lines.size();
  }

  /**
   * A line of the file and a line with a caret; nothing if the file has no such line.
   *
   * @param line counts from 1
   * @param column counts characters from 1
   */
  String at(int line, int column) {
    if (line < 1 || line > lines) {
      return "";
    }
    StringBuilder shown = new StringBuilder();
    int caret = -1;
    int at = 1;
    int[] points = secrets.shown(line - 1).codePoints().toArray();
    for (int point : points) {
      caret = at == column ? shown.length() : caret;
      at++;
      if (point == '\t') {
        shown.append(" ".repeat(TAB_WIDTH));
      } else {
        Visible.append(shown, point, screen.unicode());
      }
    }
    return rows(line, shown.toString(), caret < 0 ? shown.length() : caret);
  }

  private String rows(int number, String text, int caret) {
    int room = screen.width() - NUMBER_WIDTH - 3;
    String line = text;
    int mark = caret;
    if (line.length() > room && mark > room - LEAD) {
      int from = Math.max(0, mark - LEAD);
      line = CUT + line.substring(from);
      mark = mark - from + CUT.length();
    }
    if (line.length() > room) {
      line = line.substring(0, room - CUT.length()) + CUT;
    }
    String bar = screen.styled(Style.FAINT, "|");
    return String.format(
            Locale.ROOT, "%" + NUMBER_WIDTH + "d %s %s%n", number, bar, line.stripTrailing())
        + " ".repeat(NUMBER_WIDTH + 1)
        + bar
        + " ".repeat(mark + 1)
        + screen.styled(Style.FAILED, "^")
        + "\n";
  }
}
