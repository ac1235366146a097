package io.sonde.bench;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Guessing;
import io.sonde.rig.Wrk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * What an operator's features cost a probe: one Sonde with nothing on beside one with everything
 * on, several pairs of processes, because no two JVMs compile quite the same.
 */
final class OperateBench {
  private static final List<String> EVERYTHING =
      List.of("--metrics.per-target", "--metrics.phases", "--log.summarise-failures=1m");

  /** Forbids what is not public, but for the target. */
  private static final String POLICY =
      "target_policy:\n  preset: public\n  allow: [{cidr: 127.0.0.0/8}]\n";

  private static final int PAIRS = 3;
  private static final int TARGETS = 50;
  private static final int GUESSES_PER_SECOND = 1_000;
  private static final String USER = "prom";
  private static final String PASSWORD = "right";
  private static final int WARMUP_STRETCH_SECONDS = 4;

  private final Options options;
  private final Site site;
  private final Table table;
  private final List<String> paths = new ArrayList<>();

  OperateBench(Options options, Site site, Table table) {
    this.options = options;
    this.site = site;
    this.table = table;
    String target = site.targets("http").get(0);
    for (int i = 0; i < TARGETS; i++) {
      paths.add(Exporter.probePath("http", target + i));
    }
  }

  /** What a stretch of load on one exporter came to. */
  private record Stretch(double cpuMicros, double perSecond, double p99Millis) {}

  /** The stretches of one side, of all pairs. */
  private static final class Side {
    private final List<Stretch> stretches = new ArrayList<>();

    double[] cpu() {
      return stretches.stream().mapToDouble(Stretch::cpuMicros).toArray();
    }

    double[] rate() {
      return stretches.stream().mapToDouble(Stretch::perSecond).toArray();
    }

    double[] p99() {
      return stretches.stream().mapToDouble(Stretch::p99Millis).toArray();
    }
  }

  void run() throws IOException, InterruptedException {
    Path everything = site.folder().resolve("everything.yml");
    Files.writeString(everything, POLICY + Files.readString(site.modules()));
    String user = Child.run(site.folder(), "htpasswd", "-nbBC", "10", USER, PASSWORD).trim();
    String users = "basic_auth_users:\n  " + user.replaceFirst(":", ": ") + "\n";
    Path guarded = write("users.yml", users);
    Path tls =
        write(
            "tls.yml",
            String.format(
                "tls_server_config: {cert_file: %1$s.pem, key_file: %1$s.key}%n%2$s",
                "certificates/target", users));
    plain(everything);
    scrapesOverTls(everything, tls);
    guesses(everything, guarded);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(site.folder().resolve(name), text);
  }

  private void plain(Path everything) throws IOException, InterruptedException {
    compare("http", "http", everything, EVERYTHING);
  }

  private void scrapesOverTls(Path everything, Path tls) throws IOException, InterruptedException {
    compare(
        "http, everything scraped over TLS with a password (HTTP/1.1, kept connections)",
        "https",
        everything,
        with("--web.config.file=" + tls));
  }

  private static List<String> with(String flag) {
    List<String> flags = new ArrayList<>(EVERYTHING);
    flags.add(flag);
    return flags;
  }

  private void compare(String what, String scheme, Path everything, List<String> flags)
      throws IOException, InterruptedException {
    Side off = new Side();
    Side on = new Side();
    for (int pair = 0; pair < PAIRS; pair++) {
      try (Exporter bare = site.sonde().start(site.folder(), site.modules());
          Exporter full =
              site.sonde().start(site.folder(), everything, flags.toArray(String[]::new))) {
        warmUp(bare, "http");
        warmUp(full, scheme);
        for (int round = 0; round < options.rounds(); round++) {
          off.stretches.add(measure(bare, "http", "nothing on"));
          on.stretches.add(measure(full, scheme, "everything on, " + scheme));
        }
      }
    }
    table.add(what + ": CPU per probe, us", off.cpu(), on.cpu(), "%.1f");
    table.add(what + ": probes per second", off.rate(), on.rate(), "%.0f");
    table.add(what + ": scrape p99, ms", off.p99(), on.p99(), "%.2f");
  }

  private void guesses(Path everything, Path guarded) throws IOException, InterruptedException {
    Side quiet = new Side();
    Side attacked = new Side();
    String[] flags = with("--web.config.file=" + guarded).toArray(String[]::new);
    try (Exporter exporter = site.sonde().start(site.folder(), everything, flags)) {
      warmUp(exporter, "http");
      for (int round = 0; round < PAIRS * options.rounds(); round++) {
        quiet.stretches.add(measure(exporter, "http", "no guesses"));
        try (Guessing guessing = Guessing.start(exporter.port(), USER, GUESSES_PER_SECOND)) {
          attacked.stretches.add(measure(exporter, "http", "guesses"));
          System.out.printf(
              "bench: %.0f guesses per second, answers %s%n",
              guessing.perSecond(), guessing.statuses());
        }
      }
    }
    String what = "http, nobody guesses passwords beside 1,000 guesses per second: ";
    table.add(what + "probes per second", quiet.rate(), attacked.rate(), "%.0f");
    table.add(what + "scrape p99, ms", quiet.p99(), attacked.p99(), "%.2f");
    table.add(what + "CPU per probe, guesses within, us", quiet.cpu(), attacked.cpu(), "%.1f");
  }

  private void warmUp(Exporter exporter, String scheme) throws IOException, InterruptedException {
    double probes = 0;
    while (probes < options.warmupProbes()) {
      probes += scrape(exporter, scheme, WARMUP_STRETCH_SECONDS).answers();
    }
  }

  private Stretch measure(Exporter exporter, String scheme, String label)
      throws IOException, InterruptedException {
    long before = exporter.child().cpuMicros();
    Wrk wrk = scrape(exporter, scheme, options.roundSeconds());
    double cpu = (exporter.child().cpuMicros() - before) / wrk.answers();
    System.out.printf(
        Locale.ROOT,
        "bench: %s: %.1f us CPU per probe, %.0f probes/s%n",
        label,
        cpu,
        wrk.perSecond());
    return new Stretch(cpu, wrk.perSecond(), wrk.p99Micros() / 1000);
  }

  private Wrk scrape(Exporter exporter, String scheme, int seconds)
      throws IOException, InterruptedException {
    String pair = USER + ":" + PASSWORD;
    String coded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Wrk wrk =
        new Wrk.Load(
                options.sources().resolve("scrape.lua"),
                scheme + "://127.0.0.1:" + exporter.port(),
                options.connections(),
                List.of("Authorization: Basic " + coded),
                paths)
            .run(options.folder(), seconds);
    if (!wrk.sound()) {
      throw new IOException("a scrape failed:\n" + wrk.output());
    }
    return wrk;
  }
}
