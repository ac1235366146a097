package io.sonde.net.connect;

import org.jspecify.annotations.Nullable;

/**
 * A target of the form {@code host:port}, with an IPv6 address in brackets.
 *
 * @param host a name or an address without its brackets; may be empty
 * @param port a number or the name of a service; may be empty
 */
public record HostPort(String host, String port) {
  /** What {@link #splitProblem} says of a target without a port. */
  private static final String MISSING_PORT = "missing port in address";

  /** Splits {@code target}; null if it is not of that form, see {@link #splitProblem}. */
  public static @Nullable HostPort split(String target) {
    if (problem(target) != null) {
      return null;
    }
    int colon = target.lastIndexOf(':');
    boolean bracketed = target.charAt(0) == '[';
    return new HostPort(
        bracketed ? target.substring(1, colon - 1) : target.substring(0, colon),
        target.substring(colon + 1));
  }

  /** One line that says why {@code target} does not split. */
  public static String splitProblem(String target) {
    return "expected host:port, got "
        + (target.isEmpty() ? "nothing" : target)
        + ": "
        + problem(target);
  }

  private static @Nullable String problem(String target) {
    int colon = target.lastIndexOf(':');
    if (colon < 0) {
      return MISSING_PORT;
    }
    int from = 0;
    if (target.charAt(0) == '[') {
      int end = target.indexOf(']');
      if (end < 0) {
        return "missing ']' in address";
      }
      if (end + 1 != colon) {
        boolean nothingFollows = end + 1 == target.length() || target.charAt(end + 1) != ':';
        return nothingFollows ? MISSING_PORT : "too many colons in address";
      }
      from = end + 1;
    } else if (target.indexOf(':') != colon) {
      return "too many colons in address (an IPv6 address goes in brackets)";
    }
    boolean strayBracket =
        target.indexOf('[', from == 0 ? 0 : 1) >= 0 || target.indexOf(']', from) >= 0;
    return strayBracket ? "unexpected bracket in address" : null;
  }
}
