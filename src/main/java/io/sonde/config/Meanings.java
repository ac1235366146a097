package io.sonde.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a page of the documentation says of keys, in the rows of its tables: key, type, default and
 * meaning.
 */
final class Meanings {
  /** The tables of keys that stand in more than one block. */
  private static final List<String> SHARED = List.of("http_config", "proxy");

  private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\([^)]*\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("as in (\\w+)");

  /** A row that begins with a key. */
  record Row(String type, String standard, String meaning) {}

  private final Map<String, Map<String, Row>> tables = new HashMap<>();

  private Meanings() {}

  /** Reads a page in Markdown. */
  static Meanings of(String page) {
    Meanings meanings = new Meanings();
    String section = "";
    for (String line : page.split("\n")) {
      if (line.startsWith("#")) {
        section = line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT);
      } else if (line.startsWith("| `")) {
        meanings.add(section, line.split(" *\\| *", -1));
      }
    }
    return meanings;
  }

  private void add(String section, String[] cells) {
    if (cells.length == 6) {
      Row row = new Row(LINK.matcher(cells[2]).replaceAll("$1"), cells[3], plain(cells[4]));
      tables.computeIfAbsent(section, any -> new LinkedHashMap<>()).put(plain(cells[1]), row);
    }
  }

  private static String plain(String markdown) {
    return LINK.matcher(markdown).replaceAll("$1").replace("**", "").replace("`", "");
  }

  /** The sections that have such rows. */
  Set<String> sections() {
    return tables.keySet();
  }

  /** The rows of a section, by their keys; empty if it has none. */
  Map<String, Row> table(String section) {
    return tables.getOrDefault(section, Map.of());
  }

  /**
   * One line about a key of a block: its meaning, type and default.
   *
   * @throws IllegalArgumentException if the page does not list it
   */
  String of(String block, String key) {
    Row row = row(block, key);
    if (row == null) {
      throw new IllegalArgumentException(block + " has no row for " + key);
    }
    String details =
        row.type + (row.standard.equals("–") ? "" : ", default " + plain(row.standard));
    return meaning(row, key) + " (" + details + ")";
  }

  private String meaning(Row row, String key) {
    Matcher elsewhere = ELSEWHERE.matcher(row.meaning);
    Row other = elsewhere.find() ? row(elsewhere.group(1), key) : null;
    return other == null ? row.meaning : elsewhere.replaceFirst(other.meaning.replace("$", "\\$"));
  }

  private @Nullable Row row(String block, String key) {
    Row row = table(block).get(key);
    for (String shared : SHARED) {
      row = row == null ? table(shared).get(key) : row;
    }
    return row;
  }
}
