package io.sonde.e2e;

import io.sonde.rig.Tally;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Demands that the comparison leaves nothing out in silence: every key of the http, tcp, unix, dns,
 * icmp and grpc probers, TLS and HTTP clients included, stands in a module that a case uses, and a
 * case shows every stage of {@code presence.txt}. What cannot be compared stands in {@code
 * uncompared.txt} with its reason.
 */
final class Coverage {
  private static final Set<String> BLOCKS = Set.of("http", "tcp", "unix", "dns", "icmp", "grpc");
  private static final int MOST_ALIASES = 10_000;

  private final Tally tally;
  private final Map<String, String> uncompared = new LinkedHashMap<>();

  private Coverage(Tally tally) {
    this.tally = tally;
  }

  /** Reads lines of {@code WHAT reason}. */
  static Coverage read(Tally tally, Path uncompared) throws IOException {
    Coverage coverage = new Coverage(tally);
    for (String line : Files.readAllLines(uncompared)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.trim().split("\\s+", 2);
        coverage.uncompared.put(words[0], words.length > 1 ? words[1] : "");
      }
    }
    return coverage;
  }

  /** Judges the keys. */
  void keys(KeyTables tables, Path modules, Collection<Case> cases) throws IOException {
    Set<String> names = cases.stream().map(Case::module).collect(Collectors.toSet());
    Set<String> used = new TreeSet<>();
    load(modules)
        .forEach(
            (name, module) -> {
              String block = module.get("prober").toString();
              if (names.contains(name) && BLOCKS.contains(block)) {
                tables.used(block, module.get(block), used);
              }
            });
    Set<String> all = new TreeSet<>();
    BLOCKS.forEach(block -> all.addAll(tables.reachable(block)));
    judge("keys", all, used);
  }

  /** Judges the stages; those without a dash in their name are only parts of others. */
  void stages(PresenceMatrix matrix) {
    Set<String> all = new TreeSet<>(matrix.stages());
    all.removeIf(name -> !name.contains("-"));
    judge("stages", all, matrix.shown());
  }

  private void judge(String kind, Set<String> all, Set<String> covered) {
    Set<String> missing = new TreeSet<>(all);
    missing.removeAll(covered);
    tally.claim(
        "comparison: all " + kind + " are compared, or listed with a reason",
        () -> Tally.isTrue(uncompared.keySet().containsAll(missing), "not compared: " + missing));
    tally.claim(
        "comparison: the " + kind + " listed as not compared are not",
        () -> {
          Set<String> needless = new TreeSet<>(covered);
          needless.retainAll(uncompared.keySet());
          Tally.same(Set.of(), needless);
        });
    System.out.printf(
        "e2e: %s covered: %d of %d, %d listed as not compared%n",
        kind, all.size() - missing.size(), all.size(), missing.size());
  }

  private static Map<String, Map<String, Object>> load(Path modules) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_ALIASES);
    try (Reader text = Files.newBufferedReader(modules)) {
      Map<String, Map<String, Map<String, Object>>> file =
          new Yaml(new SafeConstructor(options)).load(text);
      Map<String, Map<String, Object>> loaded = new LinkedHashMap<>(file.get("modules"));
      loaded.values().removeIf(module -> module == null || !module.containsKey("prober"));
      return loaded;
    }
  }
}
