package io.sonde.config;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Guesses what somebody meant who wrote something else. */
public final class Suggestions {
  /** Words longer than any key are not compared. */
  private static final int LONGEST_WORD = 60;

  private Suggestions() {}

  /** A hint for a key that a block does not have; empty if nothing comes close. */
  static String forKey(String name, Block<?> block) {
    List<String> names = block.keys().stream().map(Key::name).toList();
    String near = nearest(name, names);
    return near == null ? "" : "did you mean " + near + "?";
  }

  /** The word that differs least from another, and not by much; null if there is none. */
  public static @Nullable String nearest(String word, Collection<String> words) {
    String nearest = null;
    int least = Math.max(2, word.length() / 3) + 1;
    for (String each : words) {
      if (each.equalsIgnoreCase(word)) {
        return each;
      }
      int distance = word.length() > LONGEST_WORD ? least : distance(word, each);
      if (distance < least && distance < each.length()) {
        least = distance;
        nearest = each;
      }
    }
    return nearest;
  }

  /** How many letters have to be added, removed or changed. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
