package io.sonde.config;

/**
 * Something wrong or doubtful in a configuration file.
 *
 * @param file the file's name as it was given
 * @param line counts from 1; 0 where the problem has no place
 * @param column counts from 1; 0 where the problem has no place
 * @param module the module it belongs to; empty if none
 * @param path the keys that lead to it, as {@code modules.web.http.method}
 * @param message one sentence without its place; never contains a secret
 * @param hint what was expected, what came, or what was probably meant; may be empty
 */
public record Problem(
    String file,
    int line,
    int column,
    String module,
    String path,
    Severity severity,
    String message,
    String hint) {

  /** How bad it is, the worst last. */
  public enum Severity {
    /** The module works, though perhaps not as its author thinks. */
    WARNING,
    /** The file loads, but every probe of the module fails with reason {@code config}. */
    UNUSABLE,
    /** The file does not load. */
    ERROR
  }

  /** The place as compilers write it: {@code file:line:column}. */
  public String place() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }

  /** Place, path, message and hint on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(place()).append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append(message);
    return hint.isEmpty() ? text.toString() : text.append(" (").append(hint).append(')').toString();
  }
}
