package io.sonde.cli;

import io.sonde.config.Credentials;
import io.sonde.config.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of the lines of configuration files that messages show. A file with errors
 * cannot be understood as a whole, so this looks at single lines and at what stands above them, and
 * rather masks too much.
 */
final class SecretLines {
  /** Beside those names that carry credentials wherever they stand. */
  private static final Set<String> NAMES =
      Set.of(
          "basic_auth_users",
          "bearer_token",
          "claims",
          "client_certificate_key",
          "credentials",
          "endpoint_params",
          "key",
          "send");

  private static final Pattern KEY = Pattern.compile("([\\w.-]+)[\"']?\\s*:(?=\\s|$|[\"'\\[{])");
  private static final Pattern LEADING =
      Pattern.compile("^[\\s\\-?]*[\"']?([\\w.-]+)[\"']?\\s*:(?:\\s.*)?$");
  private static final Pattern USER_INFO =
      Pattern.compile("://(?:[^\\s/@\"':]*:[^\\s\"']*|[^\\s/@\"']*)@");

  /** A field of a form or of a query, by its name. */
  private static final Pattern FIELD =
      Pattern.compile(
          "((?:^|[?&\\s\"'])[\\w.-]*(?:pass|pwd|secret|token|api[_-]?key)[\\w.-]*=)[^&\\s\"']+",
          Pattern.CASE_INSENSITIVE);

  /** What is anchored may be used as a secret elsewhere, and so may an explicit value. */
  private static final Pattern ANCHORED =
      Pattern.compile("(?<![^\\s\\[{,])&[^\\s,\\[\\]{}]+(?=\\s+[^\\s\\[{#])|^\\s*:(?=\\s)");

  private static final Pattern ENDS_WITH_ANCHOR = Pattern.compile("\\s&[^\\s,\\[\\]{}]+\\s*$");
  private static final Pattern INDENT = Pattern.compile("^[\\s-]*");

  private final List<String> lines;

  SecretLines(List<String> lines) {
    this.lines = lines;
  }

  /**
   * A line as it may be shown. What stands before the first mask keeps its columns.
   *
   * @param number counts from 0
   */
  String shown(int number) {
    String line = lines.get(number);
    if (!LEADING.matcher(line).matches() && belongsToSecret(number)) {
      return indent(line) + Secret.MASK;
    }
    if (hasSecretAncestor(number)) {
      return indent(line) + Secret.MASK;
    }
    String shown = USER_INFO.matcher(maskedValue(line)).replaceAll("://" + Secret.MASK + "@");
    return FIELD.matcher(shown).replaceAll("$1" + Secret.MASK);
  }

  /** From the first key that has a secret on, as a flow mapping has everything on one line. */
  private static String maskedValue(String line) {
    Matcher anchored = ANCHORED.matcher(line);
    int end = anchored.find() ? anchored.end() : line.length();
    Matcher key = KEY.matcher(line);
    while (key.find() && key.end() < end) {
      boolean more = !line.substring(key.end()).isBlank();
      if (isSecret(key.group(1)) && more) {
        end = key.end();
      }
    }
    return end == line.length() ? line : line.substring(0, end) + " " + Secret.MASK;
  }

  /** Whether the nearest line above that begins with a key has a secret: a text of many lines. */
  private boolean belongsToSecret(int number) {
    for (int i = number - 1; i >= 0; i--) {
      Matcher key = LEADING.matcher(lines.get(i));
      if (key.matches()) {
        return isSecret(key.group(1))
            || ENDS_WITH_ANCHOR.matcher(lines.get(i)).find()
            || maskedValue(lines.get(i)).endsWith(Secret.MASK);
      }
    }
    return false;
  }

  /** Whether a key that has a secret stands above the line, further left. */
  private boolean hasSecretAncestor(int number) {
    int indent = indentWidth(lines.get(number));
    for (int i = number - 1; i >= 0 && indent > 0; i--) {
      String line = lines.get(i);
      if (line.isBlank() || indentWidth(line) >= indent) {
        continue;
      }
      indent = indentWidth(line);
      Matcher key = LEADING.matcher(line);
      if (key.matches() && isSecret(key.group(1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.endsWith("_file")
        && !lower.endsWith("_ref")
        && (NAMES.contains(lower) || lower.equals("secrets") || Credentials.areIn(lower));
  }

  private static int indentWidth(String line) {
    int width = 0;
    while (width < line.length() && (line.charAt(width) == ' ' || line.charAt(width) == '\t')) {
      width++;
    }
    return width;
  }

  private static String indent(String line) {
    Matcher matcher = INDENT.matcher(line);
    return matcher.find() ? matcher.group() : "";
  }
}
