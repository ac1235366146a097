package io.sonde.operate;

import io.sonde.rig.Exporter;
import io.sonde.rig.Guessing;
import io.sonde.rig.Tally;
import io.sonde.rig.Wrk;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Wrong passwords, a thousand a second, and what they cost those who know the right one. */
final class GuessChecks {
  private static final int PER_SECOND = 1_000;
  private static final int CONNECTIONS = 8;
  private static final int SECONDS = 4;

  /** What a short run on a shared machine may lose; a long one must keep nine tenths. */
  private static final double LEAST_SHORT = 0.75;

  private static final double LEAST_LONG = 0.9;

  private final Tally tally;
  private final Ground ground;
  private final boolean soak;

  GuessChecks(Tally tally, Ground ground, boolean soak) {
    this.tally = tally;
    this.ground = ground;
    this.soak = soak;
  }

  /** Scrapes for a while and what each cost Sonde, in microseconds. */
  private record Stretch(double perSecond, double cpuMicros, double p99Millis) {}

  void run() throws IOException, InterruptedException {
    String config = "basic_auth_users:\n" + ground.user(Ground.USER, Ground.PASSWORD);
    String[] flags = Everything.guardedBy(ground.write("guessed.yml", config));
    try (Exporter sonde = ground.sonde().start(ground.folder(), ground.modules(), flags)) {
      scrape(sonde);
      scrape(sonde);
      int rounds = soak ? 6 : 2;
      double[] quiet = new double[rounds];
      double[] attacked = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        quiet[i] = told("without guesses", scrape(sonde));
        for (String user : List.of(Ground.USER, "nobody")) {
          try (Guessing guessing = Guessing.start(sonde.port(), user, PER_SECOND)) {
            Stretch stretch = scrape(sonde);
            attacked[i] = told("while " + user + "'s is guessed", stretch);
            judge(user, guessing);
          }
        }
      }
      double least = soak ? LEAST_LONG : LEAST_SHORT;
      double ratio = median(attacked) / median(quiet);
      tally.figure(String.format("guesses: probes per second with and without: %.3f", ratio));
      tally.claim(
          "guesses: " + PER_SECOND + " a second leave probing at least " + least + " of its rate",
          () -> Tally.isTrue(ratio >= least, "only " + ratio));
    }
  }

  private void judge(String user, Guessing guessing) {
    tally.figure(
        String.format(
            "guesses: %.0f a second, answers %s", guessing.perSecond(), guessing.statuses()));
    tally.claim(
        "guesses: of " + user + "'s password are all refused, with 401 or 429 or 503",
        () -> {
          Tally.isTrue(
              List.of(401, 429, 503).containsAll(guessing.statuses().keySet()),
              guessing.statuses().toString());
          Tally.isTrue(guessing.statuses().containsKey(401), guessing.statuses().toString());
        });
  }

  private double told(String when, Stretch stretch) {
    tally.figure(
        String.format(
            "guesses: %s: %.0f probes/s, %.0f us CPU each, p99 %.1f ms",
            when, stretch.perSecond(), stretch.cpuMicros(), stretch.p99Millis()));
    return stretch.perSecond();
  }

  private Stretch scrape(Exporter sonde) throws IOException, InterruptedException {
    long before = sonde.child().cpuMicros();
    Wrk wrk =
        ground
            .load(
                "http://127.0.0.1:" + sonde.port(),
                CONNECTIONS,
                List.of(Ground.authorization()),
                List.of(ground.probe("/")))
            .run(ground.folder(), SECONDS);
    if (!wrk.sound()) {
      throw new IOException("a scrape failed:\n" + wrk.output());
    }
    double cpu = (sonde.child().cpuMicros() - before) / wrk.answers();
    return new Stretch(wrk.perSecond(), cpu, wrk.p99Micros() / 1000);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
