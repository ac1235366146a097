package io.sonde.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text that is put together line by line for a screen: headings, labels, wrapped sentences. */
final class Page {
  private final Screen screen;
  private final StringBuilder text = new StringBuilder(4 * 1024);

  Page(Screen screen) {
    this.screen = screen;
  }

  /** Adds what is ready to be shown, as it is. */
  Page raw(String ready) {
    text.append(ready);
    return this;
  }

  Page line(String ready) {
    text.append(ready).append('\n');
    return this;
  }

  /** An empty line and a heading. */
  Page heading(String title) {
    return line("").line(screen.styled(Style.HEADING, title));
  }

  /**
   * Adds visible text after a label, wrapped between words; further lines stand below its
   * beginning.
   *
   * @param label indented and padded as it shall stand there
   */
  Page labelled(String label, @Nullable Style style, String visible) {
    int room = Math.max(1, screen.width() - label.length());
    String indent = label;
    for (String line : wrapped(visible, room)) {
      text.append(indent).append(style == null ? line : screen.styled(style, line)).append('\n');
      indent = " ".repeat(label.length());
    }
    return this;
  }

  /** Adds visible text after a label, in the usual colour. */
  Page labelled(String label, String visible) {
    return labelled(label, null, visible);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static List<String> wrapped(String visible, int room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : visible.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
