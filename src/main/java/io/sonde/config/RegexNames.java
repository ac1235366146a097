package io.sonde.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named groups of an expression, where a name may be given to several, which RE2/J refuses. */
final class RegexNames {
  private final String source;
  private final StringBuilder rewritten = new StringBuilder();
  private final Map<String, List<Integer>> groups = new LinkedHashMap<>();
  private int count;

  private RegexNames(String source) {
    this.source = source;
    int at = 0;
    while (at < source.length()) {
      at = step(at);
    }
  }

  static RegexNames of(String source) {
    return new RegexNames(source);
  }

  /**
   * The expression with a name for the first group of each name only; groups keep their numbers.
   */
  String rewritten() {
    return rewritten.toString();
  }

  /** The numbers of the groups of each name. */
  Map<String, List<Integer>> groups() {
    return groups;
  }

  private int step(int at) {
    int end = at + 1;
    if (source.startsWith("\\Q", at)) {
      int quoted = source.indexOf("\\E", at);
      end = quoted < 0 ? source.length() : quoted + 2;
    } else if (source.charAt(at) == '\\') {
      end = Math.min(at + 2, source.length());
    } else if (source.charAt(at) == '[') {
      end = classEnd(at);
    } else if (source.charAt(at) == '(') {
      return open(at);
    }
    rewritten.append(source, at, end);
    return end;
  }

  private int classEnd(int start) {
    int end = start + (source.startsWith("[^", start) ? 3 : 2);
    while (end < source.length() && source.charAt(end) != ']') {
      int posix = source.startsWith("[:", end) ? source.indexOf(":]", end) : -1;
      end = posix >= 0 ? posix + 2 : end + (source.charAt(end) == '\\' ? 2 : 1);
    }
    return Math.min(end + 1, source.length());
  }

  private int open(int at) {
    boolean plain = !source.startsWith("(?", at);
    int name = source.startsWith("(?P<", at) ? at + 4 : source.startsWith("(?<", at) ? at + 3 : -1;
    int close = name < 0 ? -1 : source.indexOf('>', name);
    if (plain || close >= 0) {
      count++;
    }
    if (close < 0) {
      rewritten.append('(');
      return at + 1;
    }
    List<Integer> known =
        groups.computeIfAbsent(source.substring(name, close), any -> new ArrayList<>());
    known.add(count);
    rewritten.append(known.size() > 1 ? "(" : source.substring(at, close + 1));
    return close + 1;
  }
}
