package io.sonde.operate;

import io.sonde.rig.Child;
import io.sonde.rig.Curl;
import io.sonde.rig.Exporter;
import io.sonde.rig.Ports;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Listeners other than a port: unix sockets, and sockets that systemd opened. */
final class ListenerChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Tally tally;
  private final Ground ground;

  ListenerChecks(Tally tally, Ground ground) {
    this.tally = tally;
    this.ground = ground;
  }

  void run() throws IOException, InterruptedException {
    Path socket = Files.createTempDirectory("sonde-operate").resolve("sonde.sock");
    String flag = "--web.listen-address=unix://" + socket;
    try (Exporter sonde = ground.sonde().start(ground.folder(), ground.modules(), flag)) {
      String[] through = {"--unix-socket", socket.toString()};
      tally.claim(
          "listeners: a unix socket and a port serve side by side",
          () -> {
            String url = "http://localhost" + ground.probe("/");
            Tally.contains("\nprobe_success 1\n", Curl.get(ground.folder(), url, through).body());
            String port = "http://localhost:" + sonde.port() + "/-/healthy";
            Tally.same(200, Curl.get(ground.folder(), port).status());
          });
      tally.claim(
          "listeners: the unix socket goes with Sonde",
          () -> {
            Tally.same(0, sonde.child().terminate(PATIENCE));
            Tally.isTrue(!Files.exists(socket), socket + " is still there");
          });
    } finally {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(socket.getParent());
    }
    systemd();
  }

  private void systemd() {
    tally.claim(
        "listeners: sockets that systemd opened are served",
        () -> {
          int port = Ports.free();
          List<String> command = new ArrayList<>();
          command.addAll(List.of("systemd-socket-activate", "--listen=127.0.0.1:" + port));
          command.addAll(ground.sonde().words());
          command.add("--config.file=" + ground.modules());
          command.addAll(
              List.of("--web.systemd-socket", "--web.external-url=http://localhost:" + port));
          try (Child sonde = Child.start("systemd", ground.folder(), command)) {
            sonde.awaitListener(port, PATIENCE);
            String url = "http://127.0.0.1:" + port + ground.probe("/");
            Tally.contains("\nprobe_success 1\n", Curl.get(ground.folder(), url).body());
          }
        });
  }
}
