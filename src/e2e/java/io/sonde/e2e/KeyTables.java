package io.sonde.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration's keys as the tables of {@code docs/configuration.md} list them, which a unit
 * test compares with the program: for each block its keys, and the blocks within.
 */
final class KeyTables {
  private static final Pattern HEADING = Pattern.compile("#{2,3} (.+)");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_]+)` \\| ([^|]*)\\|.*");
  private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(#([a-z0-9_-]+)\\)");
  private static final Pattern MORE = Pattern.compile("And every key of .*");

  /** Block to key to the block that the key holds, or an empty text. */
  private final Map<String, Map<String, String>> blocks = new LinkedHashMap<>();

  private KeyTables() {}

  static KeyTables read(Path document) throws IOException {
    KeyTables tables = new KeyTables();
    Map<String, Set<String>> included = new LinkedHashMap<>();
    String block = "";
    for (String line : Files.readAllLines(document)) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      Matcher link = LINK.matcher(line);
      if (heading.matches()) {
        block = heading.group(1).replace(' ', '-');
        tables.blocks.put(block, new LinkedHashMap<>());
        included.put(block, new LinkedHashSet<>());
      } else if (row.matches()) {
        Matcher type = LINK.matcher(row.group(2));
        tables.blocks.get(block).put(row.group(1), type.find() ? type.group(1) : "");
      } else if (MORE.matcher(line).matches() && link.find()) {
        included.get(block).add(link.group(1));
      }
    }
    // A block within a block within a block is the deepest that there is.
    for (int depth = 0; depth < 2; depth++) {
      included.forEach((into, others) -> others.forEach(other -> tables.include(into, other)));
    }
    return tables;
  }

  private void include(String block, String other) {
    blocks.get(other).forEach((key, within) -> blocks.get(block).putIfAbsent(key, within));
  }

  /** All keys at and below a block, as {@code block.key}. */
  Set<String> reachable(String block) {
    Set<String> keys = new TreeSet<>();
    collect(block, keys);
    return keys;
  }

  private void collect(String block, Set<String> keys) {
    blocks
        .get(block)
        .forEach(
            (key, within) -> {
              if (keys.add(block + "." + key) && !within.isEmpty()) {
                collect(within, keys);
              }
            });
  }

  /** Notes every key that stands in {@code value}, the content of a block of a configuration. */
  void used(String block, Object value, Set<String> keys) {
    if (value instanceof Iterable<?>) {
      ((Iterable<?>) value).forEach(item -> used(block, item, keys));
    } else if (value instanceof Map<?, ?>) {
      ((Map<?, ?>) value)
          .forEach(
              (key, content) -> {
                String within = blocks.get(block).get(key);
                if (within == null) {
                  // The names that a map of blocks has are no keys.
                  used(block, content, keys);
                } else {
                  keys.add(block + "." + key);
                  used(within.isEmpty() ? block : within, within.isEmpty() ? "" : content, keys);
                }
              });
    }
  }
}
