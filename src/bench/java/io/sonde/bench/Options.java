package io.sonde.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to measure and for how long. Every length is bounded, so that a run ends by itself.
 *
 * @param only the measurements to take
 * @param warmupProbes probes that each exporter answers before the first measured round
 * @param roundSeconds load per measured round
 * @param rounds measured rounds of each exporter, taken in turn
 * @param starts how often each exporter is started for the start-up figure
 * @param connections scrapes at a time while loading
 * @param javaOptions options for the JVM under Sonde
 */
record Options(
    Set<String> only,
    int warmupProbes,
    int roundSeconds,
    int rounds,
    int starts,
    int connections,
    List<String> javaOptions,
    Path sonde,
    Path reference,
    String referenceVersion,
    Path folder,
    Path sources) {

  private static final Set<String> ALL =
      Set.of(
          "http", "https", "http2", "http3", "tcp", "dns", "icmp", "grpc", "start", "truth", "held",
          "silent", "operate");
  private static final int MOST_SECONDS = 120;
  private static final int MOST_ROUNDS = 20;
  private static final int MOST_PROBES = 1_000_000;

  static Options parse(String[] arguments) {
    Set<String> only = new TreeSet<>(ALL);
    int warmup = 40_000;
    int seconds = 8;
    int rounds = 3;
    int starts = 9;
    int connections = 16;
    List<String> javaOptions = List.of();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      String value = pair.length > 1 ? pair[1] : "";
      switch (pair[0]) {
        case "--only" -> only = known(value);
        case "--warmup" -> warmup = bounded(value, MOST_PROBES);
        case "--seconds" -> seconds = bounded(value, MOST_SECONDS);
        case "--rounds" -> rounds = bounded(value, MOST_ROUNDS);
        case "--starts" -> starts = bounded(value, MOST_ROUNDS);
        case "--connections" -> connections = bounded(value, 256);
        case "--java-options" -> javaOptions = Arrays.asList(value.trim().split("\\s+"));
        default -> throw new IllegalArgumentException("unknown option " + argument);
      }
    }
    return new Options(
        only,
        warmup,
        seconds,
        rounds,
        starts,
        connections,
        javaOptions,
        Path.of(System.getProperty("sonde.jar")),
        Path.of(System.getProperty("reference")),
        System.getProperty("reference.version"),
        Path.of(System.getProperty("folder")).toAbsolutePath(),
        Path.of(System.getProperty("sources")).toAbsolutePath());
  }

  private static Set<String> known(String list) {
    Set<String> chosen = new TreeSet<>(Arrays.asList(list.split(",")));
    if (!ALL.containsAll(chosen)) {
      throw new IllegalArgumentException("--only takes a list of " + new TreeSet<>(ALL));
    }
    return chosen;
  }

  private static int bounded(String value, int most) {
    int number = Integer.parseInt(value);
    if (number < 1 || number > most) {
      throw new IllegalArgumentException("expected a number from 1 to " + most + ", got " + value);
    }
    return number;
  }
}
