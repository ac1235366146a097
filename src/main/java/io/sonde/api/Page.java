package io.sonde.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list: as many entries as were asked for, but fewer where strangers made them large,
 * so that an answer never takes much of the memory.
 */
final class Page {
  /** Of all texts of strangers together; each may take six in JSON. */
  static final int MOST_CHARACTERS = 512 * 1024;

  private final int most;
  private final List<Map<String, @Nullable Object>> entries = new ArrayList<>();
  private int characters;

  /** An empty page for so many entries. */
  Page(int most) {
    this.most = most;
  }

  /**
   * Whether one more fits, which has texts of so many characters. The first always does.
   *
   * @return false if the page ends here
   */
  boolean takes(int ofCharacters) {
    characters += ofCharacters;
    return entries.isEmpty() || (entries.size() < most && characters <= MOST_CHARACTERS);
  }

  void add(Map<String, @Nullable Object> entry) {
    entries.add(entry);
  }

  /** The answer, with the cursor of what follows or null. */
  Map<String, @Nullable Object> answer(String name, @Nullable String next) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put(name, entries);
    answer.put("next", next);
    return answer;
  }
}
