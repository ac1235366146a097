package io.sonde.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces references to variables in one text: {@code ${NAME}}, {@code ${NAME:-default}}. Only
 * what begins like a name is a reference, so {@code ${1}} is none; {@code $${NAME}} is the text
 * {@code ${NAME}}.
 */
final class Expansion {
  private static final Pattern BEGIN = Pattern.compile("\\$\\{[A-Za-z_]");
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private final Variables variables;

  /** Whether the text is a template, in which a dollar that is no reference is written twice. */
  private final boolean template;

  /** The groups that a template may refer to; they have precedence. */
  private final Set<String> groups;

  private final Map<String, String> values = new LinkedHashMap<>();
  private @Nullable String problem;
  private String hint = "";

  private Expansion(Variables variables, @Nullable Set<String> groups) {
    this.variables = variables;
    this.template = groups != null;
    this.groups = groups == null ? Set.of() : groups;
  }

  /** Whether a text has anything to be replaced in it. */
  static boolean concerns(String text) {
    return text.contains("${") && BEGIN.matcher(text).find();
  }

  /** For text of its own. */
  static Expansion ofText(Variables variables) {
    return new Expansion(variables, null);
  }

  /** For a template that may also refer to groups of an expression. */
  static Expansion ofTemplate(Variables variables, Set<String> groups) {
    return new Expansion(variables, groups);
  }

  /** The text with what its references stand for; null if there is a {@link #problem}. */
  @Nullable String expand(String text) {
    StringBuilder expanded = new StringBuilder();
    Matcher reference = REFERENCE.matcher(text);
    Matcher begin = BEGIN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) != '$') {
        expanded.append(text.charAt(at++));
      } else if (template && text.startsWith("$$", at)) {
        expanded.append("$$");
        at += 2;
      } else if (begin.region(at, text.length()).lookingAt()) {
        if (!reference.region(at, text.length()).lookingAt()) {
          problem = "a reference to an environment variable is not complete";
          hint = "write ${NAME} or ${NAME:-default}; $${ is a plain ${";
          return null;
        }
        replace(reference, expanded);
        at = reference.end();
      } else if (text.startsWith("$${", at) && begin.region(at + 1, text.length()).lookingAt()) {
        expanded.append("${");
        at += 3;
      } else {
        expanded.append(text.charAt(at++));
      }
    }
    return problem == null ? expanded.toString() : null;
  }

  private void replace(Matcher reference, StringBuilder expanded) {
    String name = reference.group(1);
    String fallback = reference.group(2);
    if (groups.contains(name) && fallback == null) {
      expanded.append(reference.group());
      return;
    }
    String value = variables.value(name);
    if (value == null && fallback == null && problem == null) {
      problem = "environment variable " + name + " is not set";
      hint = "set it, or write ${" + name + ":-default}; $${" + name + "} is the text itself";
    }
    if (fallback != null && (value == null || value.isEmpty())) {
      value = fallback;
    } else if (value != null) {
      values.put(name, value);
    }
    String text = value == null ? "" : value;
    expanded.append(template ? inTemplate(text) : text);
  }

  /** A text as it is written in a template. */
  static String inTemplate(String text) {
    return text.replace("$", "$$");
  }

  /** What is wrong, without any value; or null. */
  @Nullable String problem() {
    return problem;
  }

  String hint() {
    return hint;
  }

  /** The values that came from the environment, by the names of their variables. */
  Map<String, String> values() {
    return values;
  }
}
