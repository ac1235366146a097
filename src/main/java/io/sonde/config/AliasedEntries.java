package io.sonde.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what mappings hold, through aliases and merge keys, as far as there is an end to it. */
final class AliasedEntries {
  /** Far more than a configuration has; aliases of aliases grow beyond it. */
  private static final int MAX_ENTRIES = 2_000_000;

  /** How deep aliases of aliases may lead. */
  static final int MAX_ALIAS_DEPTH = 500;

  private final Reading in;
  private int entriesLeft = MAX_ENTRIES;
  private boolean exhausted;

  AliasedEntries(Reading in) {
    this.in = in;
  }

  /** Those of a mapping, see {@link Reading#entries}. */
  List<YamlNode.Entry> entries(YamlNode mapping) {
    List<YamlNode.Entry> found = new ArrayList<>();
    collect(mapping, found, new HashSet<>(), 0);
    return found;
  }

  private void collect(YamlNode mapping, List<YamlNode.Entry> found, Set<String> known, int depth) {
    reportDuplicates(mapping);
    YamlNode merge = null;
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!spend(mapping, depth)) {
        return;
      }
      if (isMerge(entry.key())) {
        merge = entry.value();
      } else if (!entry.key().isScalar()) {
        in.misfit(entry.key(), "string", "a key");
      } else if (!Scalar.isNull(entry.key()) && known.add(entry.key().text())) {
        found.add(entry);
      }
    }
    if (merge != null) {
      merge(merge, found, known, depth + 1);
    }
  }

  /** Whether there is room for one more, see {@link Reading#spend}. */
  boolean spend(YamlNode node, int depth) {
    if (!exhausted && entriesLeft > 0 && depth <= MAX_ALIAS_DEPTH) {
      entriesLeft--;
      return true;
    }
    if (!exhausted) {
      exhausted = true;
      in.error(node, "yaml: document contains excessive aliasing", "");
    }
    return false;
  }

  private void merge(YamlNode merge, List<YamlNode.Entry> found, Set<String> known, int depth) {
    List<YamlNode> sources = merge.isSequence() ? merge.items() : List.of(merge);
    for (YamlNode source : sources) {
      if (source.isMapping()) {
        collect(source, found, known, depth);
      } else {
        in.error(source, "yaml: map merge requires map or sequence of maps as the value", "");
      }
    }
  }

  private static boolean isMerge(YamlNode key) {
    return key.isScalar()
        && key.text().equals("<<")
        && (key.tag().equals("!!merge") || (key.tag().isEmpty() && key.isPlain()));
  }

  private void reportDuplicates(YamlNode mapping) {
    Map<String, YamlNode> first = new HashMap<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      YamlNode key = entry.key();
      YamlNode earlier = key.isScalar() ? first.putIfAbsent(key.text(), key) : null;
      if (earlier != null) {
        in.duplicateKey(key, earlier);
      }
    }
  }
}
