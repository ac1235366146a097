package io.sonde.config;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * Orders names as people do: numbers by their value, so that {@code m2} comes before {@code m10}.
 */
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder COMPARATOR = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    int start = at;
    while (start > 0 && isDigit(a.charAt(start - 1))) {
      start--;
    }
    String left = number(a, start);
    String right = number(b, start);
    if (!left.isEmpty() && !right.isEmpty()) {
      int byValue = new BigInteger(left).compareTo(new BigInteger(right));
      if (byValue != 0) {
        return byValue;
      }
    }
    if (at < a.length() && at < b.length()) {
      boolean letter = Character.isLetter(a.charAt(at));
      if (letter != Character.isLetter(b.charAt(at))) {
        return letter ? 1 : -1;
      }
    }
    return a.compareTo(b);
  }

  private static String number(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
