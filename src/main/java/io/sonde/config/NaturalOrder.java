package io.sonde.config;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * Orders names as people do: numbers by their value, so that {@code m2} comes before {@code m10},
 * signs before digits, and letters last unless they follow a digit.
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
    if (at == a.length() || at == b.length()) {
      return Integer.compare(a.length(), b.length());
    }
    boolean letter = Character.isLetter(a.charAt(at));
    boolean otherLetter = Character.isLetter(b.charAt(at));
    if (letter && otherLetter) {
      return Character.compare(a.charAt(at), b.charAt(at));
    }
    if (letter || otherLetter) {
      boolean afterDigit = at > 0 && isDigit(a.charAt(at - 1));
      return letter == afterDigit ? -1 : 1;
    }
    return compareNumbers(a, b, at);
  }

  /** No number is 0, and of the same number written twice the shorter comes first. */
  private static int compareNumbers(String a, String b, int at) {
    int start = at;
    while (start > 0 && isDigit(a.charAt(start - 1))) {
      start--;
    }
    String left = number(a, start);
    String right = number(b, start);
    int byValue = new BigInteger("0" + left).compareTo(new BigInteger("0" + right));
    if (byValue != 0) {
      return byValue;
    }
    return left.length() == right.length()
        ? Character.compare(a.charAt(at), b.charAt(at))
        : Integer.compare(left.length(), right.length());
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
