package io.sonde.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the chosen measurements one after another and writes their table. */
public final class Bench {
  private Bench() {}

  /** Options as in {@code src/bench/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = Options.parse(arguments);
    Table table = new Table();
    String referenceName = "blackbox_exporter " + options.referenceVersion();
    System.out.printf(
        "bench: against %s; %d probes of warm-up, %d rounds of %d s, %d scrapes at a time%n",
        referenceName,
        options.warmupProbes(),
        options.rounds(),
        options.roundSeconds(),
        options.connections());
    String operate = "";
    try (Site site = Site.start(options)) {
      for (String module :
          List.of("http", "https", "http2", "http3", "tcp", "dns", "icmp", "grpc")) {
        if (options.only().contains(module)) {
          new LoadBench(options, site, table).run(module);
        }
      }
      if (options.only().contains("start")) {
        new StartBench(options, site, table).run();
      }
      if (options.only().contains("held")) {
        new HeldBench(site, table).run();
      }
      if (options.only().contains("silent")) {
        new SilentBench(site, table).run();
      }
      if (options.only().contains("truth")) {
        new TruthBench(options, site, table).run();
      }
      if (options.only().contains("operate")) {
        Table features = new Table();
        new OperateBench(options, site, features).run();
        operate = "\n" + features.markdown("nothing on", "everything on");
      }
    }
    String markdown = table.markdown(referenceName, "Sonde") + operate;
    Path result = options.folder().resolve("result.md");
    Files.writeString(result, markdown);
    System.out.println("\n" + markdown + "\nbench: written to " + result);
  }
}
