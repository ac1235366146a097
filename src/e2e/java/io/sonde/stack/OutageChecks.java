package io.sonde.stack;

import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A shop is healthy, goes down, and comes back: what Prometheus, Alertmanager and whoever is on
 * duty make of it, with all windows a sixtieth of what they are.
 */
final class OutageChecks {
  private static final String DOWN = "EndpointDown";
  private static final String SLOW = "EndpointSlow";
  private static final String ENDING = "CertificateExpiresWithin14Days";
  private static final int TARGETS = 10;

  private final Tally tally;
  private final Scene scene;
  private final Watch watch;
  private final String shop;
  private final String slow;

  OutageChecks(Tally tally, Scene scene) {
    this.tally = tally;
    this.scene = scene;
    watch = new Watch(tally);
    shop = scene.shop.url();
    slow = scene.slow.url();
  }

  void run() throws IOException, InterruptedException {
    tally.section("healthy");
    scene.prometheus.await("count(probe_success)", TARGETS);
    watch.comesTo(
        "1",
        "the shop passes",
        () -> scene.prometheus.query("probe_success").getOrDefault(shop, ""));
    watch.comesTo("", "nobody says that it is down", () -> scene.inPrometheus(DOWN, shop));
    goesDown();
    isNoisy();
    comesBack();
    othersAreWrong();
  }

  private void goesDown() {
    tally.section("the shop goes down");
    watch.begins();
    scene.shop.down();
    // These two for later.
    scene.broken.answering(503);
    scene.door.answering(200);
    watch.comesTo("pending|firing", "Prometheus sees it", () -> scene.inPrometheus(DOWN, shop));
    watch.comesTo("firing", "its alert fires in Prometheus", () -> scene.inPrometheus(DOWN, shop));
    watch.comesTo("active", "Alertmanager has it", () -> scene.inAlertmanager(DOWN, shop));
    watch.comesTo("firing", "who is on duty is told", () -> scene.atReceiver(DOWN, shop));
    tally.claim("the message says why, and where to read on", this::messageHelps);
  }

  private void messageHelps() {
    Alert told =
        scene.receiver.heard().stream().filter(alert -> alert.is(DOWN, shop)).findFirst().get();
    Tally.contains("refused in phase connect", told.annotations().get("description"));
    Path page = Path.of(told.annotations().get("runbook_url"));
    Tally.isTrue(Files.isRegularFile(page), "no page " + page);
  }

  /** Noise of two kinds: what began before the outage, and what begins during one. */
  private void isNoisy() {
    tally.section("noise while it is down");
    watch.ends();
    watch.comesTo("firing", "a slow page is told of", () -> scene.atReceiver(SLOW, slow));
    watch.begins();
    scene.slow.down();
    watch.comesTo(
        "suppressed",
        "once it is down as well, that it was slow is silenced",
        () -> scene.inAlertmanager(SLOW, slow));
    watch.ends();
    String misnamed = scene.misnamed.url();
    watch.comesTo(
        "suppressed",
        "of a shop with another's name, that its certificate ends in 10 days is silenced",
        () -> scene.inAlertmanager(ENDING, misnamed));
    tally.claim(
        "and nobody was told of the certificate",
        () -> Tally.same("", scene.atReceiver(ENDING, misnamed)));
  }

  private void comesBack() throws IOException {
    tally.section("all come back");
    watch.begins();
    scene.shop.up();
    scene.slow.up();
    watch.comesTo("", "the alert ends in Prometheus", () -> scene.inPrometheus(DOWN, shop));
    watch.comesTo("resolved", "who is on duty is told so", () -> scene.atReceiver(DOWN, shop));
    watch.comesTo("resolved", "of the slow page, too", () -> scene.atReceiver(DOWN, slow));
    watch.begins();
    scene.mendName();
    String misnamed = scene.misnamed.url();
    watch.comesTo(
        "firing",
        "with its own name, the shop's certificate is told of",
        () -> scene.atReceiver(ENDING, misnamed));
  }

  private void othersAreWrong() {
    tally.section("what says more than that probes fail");
    watch.ends();
    told("UnexpectedStatus", scene.broken);
    told("BasicAuthProtectionLost", scene.door);
    told("CertificateExpired", scene.expired);
    told("CertificateExpiresWithin3Days", scene.expiring);
    for (DemoTarget target : List.of(scene.broken, scene.door)) {
      watch.comesTo(
          "suppressed",
          "instead of EndpointDown of " + nameOf(target),
          () -> scene.inAlertmanager(DOWN, target.url()));
    }
    tally.claim(
        "of which nobody was told for " + nameOf(scene.door),
        () -> Tally.same("", scene.atReceiver(DOWN, scene.door.url())));
    watch.comesTo(
        "firing",
        "the error budget of the job burns",
        () -> scene.atReceiver("AvailabilityBudgetBurnsFast", ""));
    watch.comesTo(
        "suppressed",
        "which needs not be said a second time, more slowly",
        () -> scene.inAlertmanager("AvailabilityBudgetBurnsSlowly", ""));
    watch.begins();
    scene.door.answering(401);
    watch.comesTo(
        "resolved",
        "a door that is locked again is told of",
        () -> scene.atReceiver("BasicAuthProtectionLost", scene.door.url()));
  }

  private void told(String alert, DemoTarget target) {
    watch.comesTo(
        "firing",
        alert + " of " + nameOf(target) + " is told of",
        () -> scene.atReceiver(alert, target.url()));
  }

  private String nameOf(DemoTarget target) {
    if (target == scene.broken) {
      return "the broken page";
    }
    if (target == scene.door) {
      return "the open door";
    }
    return target == scene.expired ? "the expired shop" : "the expiring shop";
  }
}
