package io.sonde.e2e;

import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Tally;
import io.sonde.rig.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * WebSocket servers, straight and behind nginx, Caddy and proxies. There is nothing to compare
 * with: blackbox_exporter 0.28.0 has no such prober.
 */
final class WebsocketChecks {
  private static final int NORMAL_CLOSURE = 1000;

  private final Tally tally;
  private final Stage stage;
  private final Exporter.Program program;

  WebsocketChecks(Tally tally, Stage stage, Exporter.Program program) {
    this.tally = tally;
    this.stage = stage;
    this.program = program;
  }

  void run(Path modules) throws IOException, InterruptedException {
    Path config = stage.folder().resolve("websocket.yml");
    Template.write(modules, config, stage.values());
    try (WebsocketPeer peer = WebsocketPeer.start(stage.port("websocket"));
        Exporter sonde = program.start(stage.folder(), config)) {
      String straight = "ws://127.0.0.1:" + stage.port("websocket") + "/";
      passes(sonde, peer, "upgrade", straight);
      passes(sonde, peer, "dialogue", straight);
      passes(sonde, peer, "headers", straight);
      passes(sonde, peer, "proxy", straight);
      passes(sonde, peer, "socks", straight);
      String nginx = "ws://127.0.0.1:" + stage.port("http");
      passes(sonde, peer, "dialogue", nginx + "/websocket");
      passes(sonde, peer, "basic", nginx + "/websocket-auth");
      passes(sonde, peer, "trusting", "wss://127.0.0.1:" + stage.port("https") + "/websocket");
      passes(sonde, peer, "trusting", "wss://localhost:" + stage.port("caddy") + "/websocket");
      fails(sonde, "mismatch", straight, "check", "mismatch", 101);
      fails(sonde, "late", straight, "transfer", "timeout", 101);
      fails(sonde, "dialogue", nginx + "/ok", "check", "status", 200);
      fails(sonde, "dialogue", nginx + "/websocket-auth", "check", "auth", 401);
      fails(sonde, "dialogue", nginx + "/relative", "check", "redirect", 302);
      String untrusted = "wss://127.0.0.1:" + stage.port("https") + "/websocket";
      fails(sonde, "dialogue", untrusted, "tls", "cert_untrusted", 0);
      fails(sonde, "dialogue", "ws://127.0.0.1:" + stage.port("refused"), "connect", "refused", 0);
      fails(sonde, "dialogue", "ws://127.0.0.1:" + stage.port("mute"), "processing", "timeout", 0);
    }
  }

  private void passes(Exporter sonde, WebsocketPeer peer, String module, String target) {
    tally.claim(
        "websocket: " + module + " passes at " + target + ", and ends with a close frame",
        () -> {
          peer.goodbyes().clear();
          Exposition answer = probe(sonde, module, target);
          Tally.same("1", answer.value("probe_success"));
          Tally.same("101", answer.value("probe_websocket_status_code"));
          Tally.same("1", answer.value("probe_websocket_connection_upgraded"));
          Tally.same(NORMAL_CLOSURE, peer.goodbyes().poll(5, TimeUnit.SECONDS));
        });
  }

  private void fails(
      Exporter sonde, String module, String target, String phase, String reason, int status) {
    tally.claim(
        "websocket: " + module + " fails at " + target + " with " + phase + "/" + reason,
        () -> {
          Exposition answer = probe(sonde, module, target);
          Tally.same("0", answer.value("probe_success"));
          String labels = "{phase=\"" + phase + "\",reason=\"" + reason + "\"}";
          Tally.same("1", answer.value("probe_failure_info", labels));
          Tally.same(Integer.toString(status), answer.value("probe_websocket_status_code"));
          Tally.same(
              status == 101 ? "1" : "0", answer.value("probe_websocket_failed_due_to_regex"));
        });
  }

  private static Exposition probe(Exporter sonde, String module, String target) throws IOException {
    return Exposition.parse(sonde.probe(module, target).body());
  }
}
