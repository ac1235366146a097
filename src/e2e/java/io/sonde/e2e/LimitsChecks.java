package io.sonde.e2e;

import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** More scrapes than there are descriptors, and whether descriptors come back. */
final class LimitsChecks {
  private static final int DESCRIPTORS = 256;
  private static final int SCRAPES = 300;
  private static final int SLACK = 6;

  /**
   * Each loop keeps its sockets for pings: one for each family, source address and DF that modules
   * name.
   */
  private static final int SOCKETS_FOR_PINGS = 6 * Runtime.getRuntime().availableProcessors();

  private final Tally tally;
  private final Stage stage;
  private final Exporter.Program program;

  LimitsChecks(Tally tally, Stage stage, Exporter.Program program) {
    this.tally = tally;
    this.stage = stage;
    this.program = program;
  }

  void run() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("prlimit", "--nofile=" + DESCRIPTORS + ":" + DESCRIPTORS));
    words.addAll(program.words());
    Exporter.Program limited = new Exporter.Program("limited", words, Map.of());
    try (Exporter sonde = limited.start(stage.folder(), stage.modules())) {
      tally.claim(
          "limits: "
              + SCRAPES
              + " scrapes at once with "
              + DESCRIPTORS
              + " descriptors are all answered, with 200 or 503",
          () -> {
            Map<Integer, Integer> statuses = crowd(sonde);
            System.out.println("e2e: limits: answers by status " + statuses);
            statuses.remove(200);
            statuses.remove(503);
            Tally.same(Map.of(), statuses);
          });
      tally.claim(
          "limits: after the crowd probes pass again",
          () -> {
            String target = "http://127.0.0.1:" + stage.port("http") + "/ok";
            Tally.contains("\nprobe_success 1\n", sonde.probe("http", target).body());
          });
      tally.claim(
          "limits: after the crowd the descriptors are free again",
          () -> Tally.isTrue(settledDescriptors(sonde) < DESCRIPTORS / 2, "still in use"));
    }
  }

  /** Claims that {@code sonde} holds no more descriptors than it did at the given count. */
  static void noneLeaked(Tally tally, Exporter sonde, double before) {
    tally.claim(
        "limits: no descriptor is left over from all these probes",
        () -> {
          double after = settledDescriptors(sonde);
          double most = before + SLACK + SOCKETS_FOR_PINGS;
          Tally.isTrue(after <= most, before + " before, " + after + " after");
        });
  }

  /** Open descriptors, once they have stopped going down. */
  static double settledDescriptors(Exporter exporter) throws IOException, InterruptedException {
    double last = Double.MAX_VALUE;
    for (double now = descriptors(exporter); now < last; now = descriptors(exporter)) {
      last = now;
      Thread.sleep(500);
    }
    return last;
  }

  private static double descriptors(Exporter exporter) throws IOException {
    String metrics = Http.get(exporter.port(), "/metrics").body();
    return Double.parseDouble(Exposition.parse(metrics).value("process_open_fds"));
  }

  private Map<Integer, Integer> crowd(Exporter sonde) throws Exception {
    String target = "http://127.0.0.1:" + stage.port("peer") + "/silent";
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < SCRAPES; i++) {
      CompletableFuture<Integer> answer = new CompletableFuture<>();
      answers.add(answer);
      Peer.daemon(
              () -> {
                try {
                  answer.complete(sonde.probe("http_quick", target).status());
                } catch (IOException | RuntimeException e) {
                  answer.completeExceptionally(e);
                }
              })
          .start();
    }
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (CompletableFuture<Integer> answer : answers) {
      statuses.merge(answer.get(60, TimeUnit.SECONDS), 1, Integer::sum);
    }
    return statuses;
  }
}
