package io.sonde.e2e;

import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How Sonde ends: soon, politely, and with 0. */
final class ShutdownChecks {
  /** The default of {@code --shutdown.grace} and some slack for a busy machine. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration SLACK = Duration.ofSeconds(3);

  private final Tally tally;
  private final Stage stage;
  private final Exporter.Program program;

  ShutdownChecks(Tally tally, Stage stage, Exporter.Program program) {
    this.tally = tally;
    this.stage = stage;
    this.program = program;
  }

  void run() {
    for (String signal : new String[] {"TERM", "INT"}) {
      tally.claim(
          "shutdown: SIG" + signal + " ends an idle Sonde soon, with 0",
          () -> {
            try (Exporter sonde = program.start(stage.folder(), stage.modules())) {
              sonde.child().signal(signal);
              Tally.same(0, sonde.child().awaitExit(SLACK));
            }
          });
    }
    tally.claim(
        "shutdown: a probe under way is still answered",
        () -> {
          try (Exporter sonde = program.start(stage.folder(), stage.modules())) {
            CompletableFuture<Http.Answer> answer = slowProbe(sonde, "http_quick");
            sonde.child().signal("TERM");
            Tally.contains("\nprobe_success 0\n", answer.get(5, TimeUnit.SECONDS).body());
            Tally.same(0, sonde.child().awaitExit(SLACK));
          }
        });
    tally.claim(
        "shutdown: a probe that outlasts the grace does not delay the end",
        () -> {
          try (Exporter sonde = program.start(stage.folder(), stage.modules())) {
            slowProbe(sonde, "http_bare");
            sonde.child().signal("TERM");
            Tally.same(0, sonde.child().awaitExit(GRACE.plus(SLACK)));
          }
        });
    tally.claim(
        "shutdown: a second signal ends it at once",
        () -> {
          try (Exporter sonde = program.start(stage.folder(), stage.modules())) {
            slowProbe(sonde, "http_bare");
            sonde.child().signal("TERM");
            Thread.sleep(200);
            sonde.child().signal("TERM");
            Tally.isTrue(sonde.child().awaitExit(SLACK) >= 0, "it went on");
          }
        });
  }

  /** Asks for a probe of a silent peer and returns once the peer has the request. */
  private CompletableFuture<Http.Answer> slowProbe(Exporter sonde, String module)
      throws IOException, InterruptedException {
    stage.arrivals().take();
    CompletableFuture<Http.Answer> answer = new CompletableFuture<>();
    String target = "http://127.0.0.1:" + stage.port("peer") + "/silent";
    Peer.daemon(
            () -> {
              try {
                answer.complete(sonde.probe(module, target));
              } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            })
        .start();
    long end = System.nanoTime() + SLACK.toNanos();
    while (stage.arrivals().take().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    return answer;
  }
}
