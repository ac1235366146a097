package io.sonde.config;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Refuses the expressions that RE2 refuses for their size and RE2/J would compile at any price:
 * repetitions of repetitions beyond 1000, groups nested deeper than 1000.
 */
final class RegexLimits {
  private static final long MAX_REPEAT = 1000;
  private static final int MAX_DEPTH = 1000;
  private static final long MAX_SIZE = 3_350_000;

  private static final class Group {
    long repeat = 1;
    long size;
  }

  private final String source;
  private final Deque<Group> groups = new ArrayDeque<>();
  private int at;

  /** What the last atom repeats inside itself, and how many atoms it unfolds to. */
  private long repeat = 1;

  private long size;

  private RegexLimits(String source) {
    this.source = source;
    groups.push(new Group());
  }

  /**
   * Checks the size of an expression that may still be wrong in other ways.
   *
   * @throws PatternSyntaxException if it is too large
   */
  static void check(String source) {
    new RegexLimits(source).scan();
  }

  private void scan() {
    while (at < source.length()) {
      char next = source.charAt(at);
      switch (next) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> open();
        case ')' -> close();
        case '{' -> repetition();
        case '*', '+', '?' -> at++;
        default -> atom(1);
      }
      if (groups.size() > MAX_DEPTH) {
        throw new PatternSyntaxException("expression nests too deeply", source);
      }
    }
  }

  private void atom(int length) {
    at += length;
    repeat = 1;
    size = 1;
    grow(1);
  }

  private void grow(long more) {
    Group group = groups.element();
    group.size += more;
    if (group.size > MAX_SIZE) {
      throw new PatternSyntaxException("expression too large", source);
    }
  }

  private void open() {
    at++;
    groups.push(new Group());
    repeat = 1;
    size = 0;
  }

  private void close() {
    at++;
    if (groups.size() > 1) {
      Group group = groups.pop();
      repeat = group.repeat;
      size = group.size + 1;
      groups.element().repeat = Math.max(groups.element().repeat, repeat);
      grow(size);
    }
  }

  private void escape() {
    if (source.startsWith("\\Q", at)) {
      int end = source.indexOf("\\E", at);
      atom((end < 0 ? source.length() : end + 2) - at);
      return;
    }
    boolean braced = at + 2 < source.length() && "pPx".indexOf(source.charAt(at + 1)) >= 0;
    if (braced && source.charAt(at + 2) == '{') {
      int end = source.indexOf('}', at);
      atom((end < 0 ? source.length() : end + 1) - at);
    } else {
      atom(2);
    }
  }

  private void characterClass() {
    int end = at + 1;
    if (end < source.length() && source.charAt(end) == '^') {
      end++;
    }
    boolean first = true;
    while (end < source.length() && (first || source.charAt(end) != ']')) {
      first = false;
      int posix = source.startsWith("[:", end) ? source.indexOf(":]", end) : -1;
      end = posix >= 0 ? posix + 2 : end + (source.charAt(end) == '\\' ? 2 : 1);
    }
    atom(end + 1 - at);
  }

  private void repetition() {
    int end = at + 1;
    while (end < source.length() && "0123456789,".indexOf(source.charAt(end)) >= 0) {
      end++;
    }
    String bounds =
        end < source.length() && source.charAt(end) == '}' ? source.substring(at + 1, end) : "";
    if (!bounds.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      atom(1); // a literal brace, or a repetition that the compiler refuses
      return;
    }
    at = end + 1;
    String[] parts = bounds.split(",");
    long times = Long.parseLong(parts[parts.length - 1]);
    if (times == 0) {
      return;
    }
    repeat *= times;
    if (repeat > MAX_REPEAT) {
      throw new PatternSyntaxException("invalid repeat count", source);
    }
    grow(size * (times - 1));
    size *= times;
    groups.element().repeat = Math.max(groups.element().repeat, repeat);
  }
}
