package io.sonde.config;

import java.util.Set;

/** How a text is written in YAML, so that every reader takes it for the same text. */
final class YamlText {
  /** Words that YAML 1.1 takes for truth values. */
  private static final Set<String> OLD_BOOLS =
      Set.of("y", "yes", "on", "n", "no", "off", "true", "false");

  private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

  private YamlText() {}

  static boolean isMultiLine(String text) {
    return text.indexOf('\n') >= 0;
  }

  /** Whether a text has several lines and reads well as a block of them. */
  static boolean isLiteral(String text) {
    return isMultiLine(text)
        && !text.contains(" \n")
        && !text.endsWith(" ")
        && text.chars().noneMatch(each -> each != '\n' && isSpecial(each));
  }

  /** A text on one line: plain if nothing takes it for something else, in quotes otherwise. */
  static String flow(String text) {
    if (text.chars().anyMatch(YamlText::isSpecial) || resolves(text)) {
      return doubleQuoted(text);
    }
    return isPlain(text) ? text : "'" + text.replace("'", "''") + "'";
  }

  private static boolean resolves(String text) {
    YamlNode node = new YamlNode(YamlNode.Shape.SCALAR, "", text, true, 0, 0);
    Scalar scalar = Scalar.of(node);
    return scalar == null
        || scalar.type() != Scalar.Type.STRING
        || text.equals("<<")
        || OLD_BOOLS.contains(text.toLowerCase(java.util.Locale.ROOT))
        || text.matches("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
  }

  private static boolean isPlain(String text) {
    boolean begins = INDICATORS.indexOf(text.charAt(0)) < 0 || isWordAfterDash(text);
    return begins
        && text.strip().equals(text)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.endsWith(":")
        && !text.startsWith("---")
        && !text.equals("...");
  }

  /** Whether a text begins with an indicator that is none, as a word follows. */
  private static boolean isWordAfterDash(String text) {
    return "-?:".indexOf(text.charAt(0)) >= 0
        && text.length() > 1
        && Character.isLetterOrDigit(text.charAt(1));
  }

  static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      switch (next) {
        case '"', '\\' -> quoted.append('\\').append(next);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (isSpecial(next) && !Character.isSurrogate(next)) {
            quoted.append(String.format("\\u%04X", (int) next));
          } else {
            quoted.append(next);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** Whether a character may not stand for itself, or would be lost on a reader. */
  private static boolean isSpecial(int character) {
    return character < ' '
        || (character >= 0x7f && character <= 0xa0)
        || character == 0x2028
        || character == 0x2029
        || character == 0xfeff
        || character >= 0xfffe;
  }
}
