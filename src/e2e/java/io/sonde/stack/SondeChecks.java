package io.sonde.stack;

import io.sonde.rig.Tally;
import java.io.IOException;

/** What is told of Sonde itself: a configuration that is not taken over, and that it is gone. */
final class SondeChecks {
  private final Tally tally;
  private final Scene scene;
  private final Watch watch;
  private final String sonde;

  SondeChecks(Tally tally, Scene scene) {
    this.tally = tally;
    this.scene = scene;
    watch = new Watch(tally);
    sonde = "127.0.0.1:" + scene.sonde.port();
  }

  void run() throws IOException, InterruptedException {
    tally.section("a configuration with an error");
    String sound = scene.configuration();
    watch.begins();
    scene.reload(sound + "  odd: {prober: crystal ball}\n");
    told("firing", "SondeReloadFailed", "is told of");
    tally.claim(
        "the alert that people bring with them holds as well",
        () ->
            Tally.same(
                "0",
                scene
                    .prometheus
                    .query("blackbox_exporter_config_last_reload_successful != 1")
                    .get(sonde)));
    watch.begins();
    scene.reload(sound);
    told("resolved", "SondeReloadFailed", "is over once it is mended");

    tally.section("Sonde goes down");
    watch.begins();
    scene.sonde.close();
    told("firing", "SondeDown", "is told of");
    watch.comesTo(
        "suppressed",
        "that its targets are not watched needs not be said",
        () -> scene.inAlertmanager("ProbeScrapeMissing", scene.good.url()));
  }

  private void told(String state, String alert, String what) {
    watch.comesTo(state, alert + " " + what, () -> scene.atReceiver(alert, sonde));
  }
}
