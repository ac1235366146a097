package io.sonde.operate;

import io.sonde.rig.Child;
import io.sonde.rig.Curl;
import io.sonde.rig.Exporter;
import io.sonde.rig.Prometheus;
import io.sonde.rig.Tally;
import io.sonde.rig.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A real Prometheus scrapes over TLS, with a password from one Sonde and with a certificate from
 * another, while certificates and users change.
 */
final class ScrapeChecks {
  private static final int ROTATIONS = 4;
  private static final int TARGETS = 9;
  private static final int PROBES = 7;

  /** One connection of each job, three of whose targets share one by HTTP/2. */
  private static final int CONNECTIONS = 4;

  private static final int PAUSE_MILLIS = 1_500;

  private final Tally tally;
  private final Ground ground;
  private final Path scrapes;
  private Prometheus prometheus;
  private Exporter byPassword;

  ScrapeChecks(Tally tally, Ground ground) {
    this.tally = tally;
    this.ground = ground;
    scrapes = ground.folder().resolve("scrapes");
  }

  void run() throws IOException, InterruptedException {
    issue("server", "DNS:localhost,IP:127.0.0.1");
    issue("client", "DNS:scraper.test");
    ground.write("scrapes/ca.pem", Files.readString(Path.of(ground.authority())));
    ground.write("scrapes/password", Ground.PASSWORD);
    String user = ground.user(Ground.USER, Ground.PASSWORD);
    Path password = ground.write("password.yml", tls() + "basic_auth_users:\n" + user);
    Path certificate =
        ground.write(
            "certificate.yml",
            tls()
                + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: "
                + ground.authority()
                + "\n  client_allowed_sans: [scraper.test]\n");
    try (Exporter first = start(password);
        Exporter second = start(certificate)) {
      byPassword = first;
      Map<String, String> values = new HashMap<>(ground.values());
      values.put("scrapes", scrapes.toString());
      values.put("password", Integer.toString(first.port()));
      values.put("certificate", Integer.toString(second.port()));
      Path config = ground.folder().resolve("prometheus.yml");
      Template.write(ground.sources().resolve("prometheus.yml"), config, values);
      try (Prometheus started =
          Prometheus.start(Operation.path("prometheus"), config, ground.folder())) {
        prometheus = started;
        scraped();
        rotated();
        usersChange(password, user);
        neverFailed();
      }
    }
  }

  private Exporter start(Path webConfig) throws IOException, InterruptedException {
    return ground.sonde().start(ground.folder(), ground.modules(), Everything.guardedBy(webConfig));
  }

  /** The server's pair is that of this group, which replaces it. */
  private String tls() {
    return "tls_server_config:\n  cert_file: scrapes/server.pem\n  key_file: scrapes/server.key\n";
  }

  /** Makes a pair anew and puts it, key first, where it is looked for. */
  private void issue(String name, String alternativeNames)
      throws IOException, InterruptedException {
    ground.certificates().leaf(name, alternativeNames);
    for (String part : new String[] {".key", ".pem"}) {
      Path made = ground.certificates().file(name + part);
      ground.write("scrapes/" + name + part, Files.readString(made));
    }
  }

  private void scraped() {
    tally.claim(
        "scrapes: Prometheus reaches every target over TLS, by password and by certificate",
        () -> {
          prometheus.await("count(up == 1)", TARGETS);
          Tally.same(0.0, prometheus.number("count(up == 0)"));
        });
    tally.claim(
        "scrapes: every probe of it passes",
        () -> prometheus.await("count(probe_success == 1)", PROBES));
    tally.claim(
        "scrapes: the targets of a job share one connection, as HTTP/2 has it",
        () -> {
          String filter = "sport = :" + byPassword.port();
          String sockets = Child.run(ground.folder(), "ss", "-tnH", "state", "established", filter);
          Tally.same(CONNECTIONS, sockets.trim().split("\n").length);
        });
  }

  private void rotated() {
    tally.claim(
        "scrapes: a certificate that is replaced is presented, " + ROTATIONS + " times",
        () -> {
          for (int i = 0; i < ROTATIONS; i++) {
            String before = serial();
            issue("server", "DNS:localhost,IP:127.0.0.1");
            issue("client", "DNS:scraper.test");
            // Prometheus connects anew because its authority changes, too.
            Files.writeString(
                scrapes.resolve("ca.pem"),
                Files.readString(Path.of(ground.authority())) + "# " + i + "\n");
            Thread.sleep(PAUSE_MILLIS);
            String after = serial();
            Tally.isTrue(!after.equals(before), "still " + before);
          }
        });
  }

  private String serial() throws IOException, InterruptedException {
    String connect = "openssl s_client -connect 127.0.0.1:" + byPassword.port();
    String show = connect + " < /dev/null 2> /dev/null | openssl x509 -noout -serial";
    return Child.run(ground.folder(), "sh", "-c", show).trim();
  }

  private void usersChange(Path file, String user) {
    tally.claim(
        "scrapes: a user who is added comes in, one who is taken away does not, without restart",
        () -> {
          Tally.same(401, status("second:another"));
          String second = ground.user("second", "another");
          ground.write(
              file.getFileName().toString(), tls() + "basic_auth_users:\n" + user + second);
          awaitStatus("second:another", 200);
          Tally.same(200, status(Ground.CREDENTIALS));
          ground.write(file.getFileName().toString(), tls() + "basic_auth_users:\n" + user);
          awaitStatus("second:another", 401);
          Tally.same(200, status(Ground.CREDENTIALS));
        });
  }

  private void awaitStatus(String credentials, int status)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (status(credentials) != status && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    Tally.same(status, status(credentials));
  }

  private int status(String credentials) throws IOException, InterruptedException {
    String url = "https://localhost:" + byPassword.port() + "/-/healthy";
    return Curl.get(ground.folder(), url, "--cacert", ground.authority(), "-u", credentials)
        .status();
  }

  private void neverFailed() {
    tally.claim(
        "scrapes: not one scrape failed meanwhile",
        () -> {
          Tally.same((double) TARGETS, prometheus.number("count(min_over_time(up[10m]) == 1)"));
          Tally.same(
              (double) PROBES, prometheus.number("count(min_over_time(probe_success[10m]) == 1)"));
          tally.figure(
              "scrapes: "
                  + prometheus.query("sum(count_over_time(up[10m]))")
                  + " scrapes, the longest "
                  + prometheus.query("max(max_over_time(scrape_duration_seconds[10m]))")
                  + " s");
        });
  }
}
