package io.sonde.config;

import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Lets a tab separate tokens, as other YAML parsers do: {@code key:<tab>value}, and lines of
 * blanks.
 *
 * <p>It only tells the scanner's look-ahead that it sees a space. What becomes part of a value is
 * cut from the text itself and so keeps its tabs.
 */
final class TabTolerantReader extends StreamReader {
  private final String text;
  private int[] codePoints = {};

  TabTolerantReader(String text) {
    super(text);
    this.text = text;
  }

  @Override
  public int peek() {
    int next = super.peek();
    return next == '\t' && separates(getIndex()) ? ' ' : next;
  }

  @Override
  public int peek(int distance) {
    int next = super.peek(distance);
    return next == '\t' && separates(getIndex() + distance) ? ' ' : next;
  }

  /**
   * Whether the tab at an index follows something on its line, or stands on a line without content.
   */
  private boolean separates(int index) {
    if (codePoints.length == 0) {
      codePoints = text.codePoints().toArray();
    }
    for (int before = index - 1; before >= 0 && !isBreak(codePoints[before]); before--) {
      if (!isBlank(codePoints[before])) {
        return true;
      }
    }
    int after = index + 1;
    while (after < codePoints.length && isBlank(codePoints[after])) {
      after++;
    }
    return after >= codePoints.length || isBreak(codePoints[after]) || codePoints[after] == '#';
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\t';
  }

  private static boolean isBreak(int character) {
    return character == '\n' || character == '\r';
  }
}
