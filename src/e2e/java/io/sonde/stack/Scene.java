package io.sonde.stack;

import io.sonde.rig.Certificates;
import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import io.sonde.rig.Ports;
import io.sonde.rig.Prometheus;
import io.sonde.rig.Template;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Targets good and bad, Sonde, Prometheus, Alertmanager and a receiver, from the shipped files. */
final class Scene implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String LOCALHOST = "IP:127.0.0.1";

  final DemoTarget good = DemoTarget.plain();
  final DemoTarget broken = DemoTarget.plain();
  final DemoTarget slow = DemoTarget.plain().taking(1_200);
  final DemoTarget sluggish = DemoTarget.plain().taking(1_200);
  final DemoTarget door = DemoTarget.plain().answering(401);
  final DemoTarget shop;
  final DemoTarget expiring;
  final DemoTarget expired;
  final DemoTarget misnamed;
  final Receiver receiver = new Receiver();
  final Exporter sonde;
  final Prometheus prometheus;
  private final Child alertmanager;
  private final int alertmanagerPort = Ports.free();
  private final Path folder;
  private final Path modules;

  /**
   * Starts everything below {@code folder}.
   *
   * @param sources those of the end-to-end run
   * @param config what is shipped for operators
   */
  Scene(Path folder, Path sources, Path config) throws IOException, InterruptedException {
    this.folder = folder;
    Certificates certificates = Certificates.create(folder.resolve("certificates"));
    certificates.endingIn("shop", LOCALHOST, Duration.ofDays(10));
    certificates.endingIn("misnamed", "DNS:nobody.test", Duration.ofDays(10));
    certificates.endingIn("expiring", LOCALHOST, Duration.ofDays(2));
    certificates.expired("expired", LOCALHOST);
    shop = presenting(certificates, "shop");
    expiring = presenting(certificates, "expiring");
    expired = presenting(certificates, "expired");
    misnamed = presenting(certificates, "misnamed");
    Map<String, String> values = new HashMap<>();
    values.put("certificates", folder.resolve("certificates").toString());
    modules = folder.resolve("modules.yml");
    Template.write(sources.resolve("stack/modules.yml"), modules, values);
    sonde =
        Exporter.Program.sonde(Path.of(System.getProperty("sonde.jar")), List.of())
            .start(folder, modules, "--timeout-offset=0.1");
    for (String name : List.of("settings", "rules", "alerts")) {
      Path rules = folder.resolve(name + ".yml");
      Shortened.copy(config.resolve("prometheus").resolve(name + ".yml"), rules);
    }
    Files.copy(sources.resolve("legacy/alerts.yml"), folder.resolve("legacy.yml"));
    Path routes = config.resolve("alertmanager/alertmanager.yml");
    alertmanager = alertmanager(Shortened.text(Files.readString(routes)));
    places(values);
    Path settings = folder.resolve("prometheus.yml");
    Template.write(sources.resolve("stack/prometheus.yml"), settings, values);
    prometheus = Prometheus.start(Path.of(System.getProperty("prometheus")), settings, folder);
  }

  /** Gives the shop with another's name its own certificate. */
  void mendName() throws IOException {
    misnamed.replacesItsCertificate(folder.resolve("certificates/shop.p12"));
  }

  private DemoTarget presenting(Certificates certificates, String name)
      throws IOException, InterruptedException {
    certificates.openssl(
        "pkcs12 -export -passout pass:loopback -in " + name + ".pem -inkey " + name + ".key",
        "-out " + name + ".p12");
    return DemoTarget.presenting(certificates.file(name + ".p12"));
  }

  private Child alertmanager(String routes) throws IOException, InterruptedException {
    Path file = folder.resolve("alertmanager.yml");
    Files.writeString(file, routes.replaceFirst("url: http\\S+", "url: " + receiver.url()));
    Child child =
        Child.start(
            "alertmanager",
            folder,
            List.of(
                "prometheus-alertmanager",
                "--config.file=" + file,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + alertmanagerPort,
                "--cluster.listen-address="));
    child.awaitListener(alertmanagerPort, PATIENCE);
    return child;
  }

  private void places(Map<String, String> values) {
    Map<String, DemoTarget> targets = new HashMap<>();
    targets.put("good", good);
    targets.put("broken", broken);
    targets.put("slow", slow);
    targets.put("sluggish", sluggish);
    targets.put("door", door);
    targets.put("shop", shop);
    targets.put("expiring", expiring);
    targets.put("expired", expired);
    targets.put("misnamed", misnamed);
    targets.forEach((name, target) -> values.put(name, Integer.toString(target.port())));
    values.put("sonde", Integer.toString(sonde.port()));
    values.put("alertmanager", Integer.toString(alertmanagerPort));
  }

  /** Has Sonde read another configuration, which it may refuse. */
  void reload(String text) throws IOException, InterruptedException {
    Files.writeString(modules, text);
    sonde.child().signal("HUP");
  }

  /** The configuration that is in force. */
  String configuration() throws IOException {
    return Files.readString(modules);
  }

  /** What Prometheus says of an alert: {@code pending}, {@code firing} or nothing. */
  String inPrometheus(String alert, String instance) throws IOException {
    return state(
        Alert.ofPrometheus(Http.get(prometheus.port(), "/api/v1/alerts").body()), alert, instance);
  }

  /** What Alertmanager says of it: {@code active}, {@code suppressed} or nothing. */
  String inAlertmanager(String alert, String instance) throws IOException {
    return state(
        Alert.ofAlertmanager(Http.get(alertmanagerPort, "/api/v2/alerts").body()), alert, instance);
  }

  /** What the receiver heard of it last: {@code firing}, {@code resolved} or nothing. */
  String atReceiver(String alert, String instance) {
    return state(receiver.heard(), alert, instance);
  }

  private static String state(List<Alert> alerts, String name, String instance) {
    return alerts.stream()
        .filter(alert -> alert.is(name, instance))
        .map(Alert::state)
        .reduce("", (earlier, later) -> later);
  }

  @Override
  public void close() {
    prometheus.close();
    alertmanager.close();
    sonde.close();
    receiver.close();
    List.of(good, broken, slow, sluggish, door, shop, expiring, expired, misnamed)
        .forEach(DemoTarget::close);
  }
}
