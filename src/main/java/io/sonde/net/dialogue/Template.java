package io.sonde.net.dialogue;

import io.sonde.config.Bytes;
import io.sonde.config.Regex;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with references to what an expression matched, compiled. {@code $name} and {@code ${name}}
 * stand for a group, the name being the longest run of letters, digits and underscores; digits
 * alone are a group's number, 0 being the whole match. A group that does not exist or took no part
 * is empty; {@code $$} is a dollar sign, and so is one that no name follows. This is how {@code
 * Regexp.Expand} of Go reads such texts. Immutable.
 */
public final class Template {
  /** No more digits are read once a number is as large as this. */
  private static final int MAX_NUMBER = 100_000_000;

  private final List<Part> parts;

  private sealed interface Part {}

  private record Literal(Bytes bytes) implements Part {}

  /** The first of these groups that took part. */
  private record Reference(List<Integer> groups) implements Part {}

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** A text that refers to what {@code regex} matched, if it is not null. */
  public static Template of(Bytes text, @Nullable Regex regex) {
    return regex == null ? literal(text) : compile(text, regex);
  }

  /** A text in which nothing stands for anything else. */
  public static Template literal(Bytes text) {
    return new Template(text.isEmpty() ? List.of() : List.of(new Literal(text)));
  }

  /** Compiles {@code text}, whose references are to groups of {@code regex}. */
  public static Template compile(Bytes text, Regex regex) {
    return new Template(new Compiler(text, regex).parts());
  }

  /**
   * The text for one match.
   *
   * @param matched what was searched
   * @param offsets where it matched, as {@link Regex#locate} tells
   */
  public byte[] expand(byte[] matched, int[] offsets) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        text.writeBytes(literal.bytes().toByteArray());
      } else if (part instanceof Reference reference) {
        write(reference, matched, offsets, text);
      }
    }
    return text.toByteArray();
  }

  private static void write(
      Reference reference, byte[] matched, int[] offsets, ByteArrayOutputStream text) {
    for (int group : reference.groups()) {
      if (2 * group + 1 < offsets.length && offsets[2 * group] >= 0) {
        text.write(matched, offsets[2 * group], offsets[2 * group + 1] - offsets[2 * group]);
        return;
      }
    }
  }

  /** Reads a template; bytes as Latin-1, so that every byte stays what it is. */
  private static final class Compiler {
    private final String source;
    private final Regex regex;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    Compiler(Bytes text, Regex regex) {
      this.source = new String(text.toByteArray(), StandardCharsets.ISO_8859_1);
      this.regex = regex;
    }

    List<Part> parts() {
      int at = 0;
      while (at < source.length()) {
        char c = source.charAt(at);
        int reference = c == '$' ? reference(at + 1) : -1;
        if (reference < 0) {
          literal.append(c);
        }
        at = Math.max(at + 1, reference);
      }
      endLiteral();
      return parts;
    }

    /** Reads what follows a dollar sign; returns where it ends, or -1 if it is no reference. */
    private int reference(int start) {
      if (source.startsWith("$", start)) {
        literal.append('$');
        return start + 1;
      }
      boolean braced = source.startsWith("{", start);
      int nameStart = braced ? start + 1 : start;
      String name = name(nameStart);
      int nameEnd = nameStart + bytes(name);
      if (name.isEmpty() || (braced && !source.startsWith("}", nameEnd))) {
        return -1;
      }
      endLiteral();
      int number = number(name);
      parts.add(new Reference(number >= 0 ? List.of(number) : regex.groups(name)));
      return braced ? nameEnd + 1 : nameEnd;
    }

    private String name(int start) {
      int longest = start;
      while (longest < source.length() && mayBeOfName(source.charAt(longest))) {
        longest++;
      }
      byte[] run = source.substring(start, longest).getBytes(StandardCharsets.ISO_8859_1);
      String text = new String(run, StandardCharsets.UTF_8);
      int end = 0;
      while (end < text.length() && isOfName(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      return text.substring(0, end);
    }

    private static boolean mayBeOfName(char latin1) {
      return latin1 >= 0x80 || isOfName(latin1);
    }

    private static boolean isOfName(int codePoint) {
      return Character.isLetter(codePoint) || Character.isDigit(codePoint) || codePoint == '_';
    }

    private static int bytes(String name) {
      return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The number that a name is, or -1: one with a leading zero is a name. */
    private static int number(String name) {
      if (name.length() > 1 && name.charAt(0) == '0') {
        return -1;
      }
      int number = 0;
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if (c < '0' || c > '9' || number >= MAX_NUMBER) {
          return -1;
        }
        number = number * 10 + (c - '0');
      }
      return number;
    }

    private void endLiteral() {
      if (!literal.isEmpty()) {
        parts.add(new Literal(Bytes.of(literal.toString().getBytes(StandardCharsets.ISO_8859_1))));
        literal.setLength(0);
      }
    }
  }
}
