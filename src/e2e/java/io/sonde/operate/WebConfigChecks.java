package io.sonde.operate;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Web configurations that neither exporter starts with, and why. */
final class WebConfigChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Tally tally;
  private final Ground ground;

  WebConfigChecks(Tally tally, Ground ground) {
    this.tally = tally;
    this.ground = ground;
  }

  void run() throws IOException {
    for (Map.Entry<String, String> broken : broken().entrySet()) {
      Path file = ground.write("broken.yml", broken.getValue());
      tally.claim(
          "web config: both exporters end with 1 and say \"" + broken.getKey() + "\"",
          () -> {
            refuses(ground.reference(), file, broken.getKey());
            refuses(ground.sonde(), file, broken.getKey());
          });
    }
    tally.claim(
        "web config: neither exporter starts without the file",
        () -> {
          Path missing = ground.folder().resolve("not-there.yml");
          refuses(ground.reference(), missing, "no such file");
          refuses(ground.sonde(), missing, "not-there.yml");
        });
    tally.claim(
        "web config: Sonde names every problem at once",
        () -> {
          String all =
              String.join("", broken().get("http_server_confi"), "basic_auth_users: {a: b}\n");
          Path file = ground.write("several.yml", all);
          refuses(ground.sonde(), file, "http_server_confi");
          refuses(ground.sonde(), file, "basic_auth_users");
        });
  }

  /** What they say of a file, and the file. */
  private Map<String, String> broken() {
    Map<String, String> broken = new TreeMap<>();
    broken.put("http_server_confi", "http_server_confi: {}\n");
    broken.put(
        "invalid ClientAuth: Perhaps", ground.tls("server") + "  client_auth_type: Perhaps\n");
    broken.put("unknown cipher: ROT13", ground.tls("server") + "  cipher_suites: [ROT13]\n");
    broken.put("unknown curve: Curve1", ground.tls("server") + "  curve_preferences: [Curve1]\n");
    broken.put(
        "client CA's have been configured without a Client Auth Policy",
        ground.tls("server") + "  client_ca_file: " + ground.authority() + "\n");
    broken.put(
        "missing one of key or key_file",
        "tls_server_config: {cert_file: " + ground.certificates().file("server.pem") + "}\n");
    broken.put(
        "missing one of cert or cert_file",
        "tls_server_config: {key_file: " + ground.certificates().file("server.key") + "}\n");
    broken.put(
        "HTTP header \"X-Powered-By\" can not be configured",
        "http_server_config: {headers: {X-Powered-By: us}}\n");
    broken.put(
        "invalid value for X-Frame-Options",
        "http_server_config: {headers: {X-Frame-Options: perhaps}}\n");
    return broken;
  }

  private void refuses(Exporter.Program program, Path file, String says)
      throws IOException, InterruptedException {
    try (Exporter exporter =
        program.launch(ground.folder(), ground.modules(), "--web.config.file=" + file)) {
      Child child = exporter.child();
      Tally.same(1, child.awaitExit(PATIENCE));
      Tally.contains(says, child.output().replace("\\\"", "\""));
    }
  }
}
