package io.sonde.operate;

import io.sonde.rig.Curl;
import io.sonde.rig.Exporter;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Sonde and the reference with the same web configuration, asked the same. */
final class RefusalChecks {
  private static final List<String> HEADERS =
      List.of(
          "www-authenticate",
          "content-type",
          "x-content-type-options",
          "x-frame-options",
          "strict-transport-security",
          "content-security-policy",
          "x-xss-protection");

  private final Tally tally;
  private final Ground ground;

  RefusalChecks(Tally tally, Ground ground) {
    this.tally = tally;
    this.ground = ground;
  }

  /** Both exporters, running with the same files. */
  private record Pair(Exporter reference, Exporter sonde) {}

  private interface Claims {
    void about(Pair pair) throws IOException, InterruptedException;
  }

  void run() throws IOException, InterruptedException {
    with("secured", secured(), this::passwords);
    with("plain", "basic_auth_users:\n" + ground.user(Ground.USER, Ground.PASSWORD), this::plain);
    with("limited", "rate_limit: {interval: 1h, burst: 2}\n", this::limited);
    with("refusing", "rate_limit: {interval: 1h}\n", this::limited);
    for (String type :
        List.of(
            "RequestClientCert",
            "RequireAnyClientCert",
            "VerifyClientCertIfGiven",
            "RequireAndVerifyClientCert")) {
      boolean verifies = type.contains("Verify");
      String authority = verifies ? "  client_ca_file: " + ground.authority() + "\n" : "";
      String config = ground.tls("server") + "  client_auth_type: " + type + "\n" + authority;
      with(type, config, pair -> certificates(type, pair));
      if (type.equals("RequireAndVerifyClientCert")) {
        String names = "  client_allowed_sans: [other.test, ops@scraper.test]\n";
        with(type + "-sans", config + names, pair -> certificates(type + " with SANs", pair));
      }
    }
    with("http1", "http_server_config: {http2: false}\n" + ground.tls("server"), this::firstOnly);
    new HandshakeChecks(tally, ground).run();
    new WebConfigChecks(tally, ground).run();
  }

  private String secured() throws IOException, InterruptedException {
    return ground.passwordConfig()
        + "http_server_config:\n  headers:\n    X-Frame-Options: deny\n"
        + "    Strict-Transport-Security: max-age=3600\n    X-Content-Type-Options: nosniff\n"
        + "    Content-Security-Policy: default-src 'none'\n    X-XSS-Protection: '1; mode=block'\n";
  }

  private void with(String name, String config, Claims claims)
      throws IOException, InterruptedException {
    Path file = ground.write("web-" + name + ".yml", config);
    String flag = "--web.config.file=" + file;
    try (Exporter reference = ground.reference().start(ground.folder(), ground.modules(), flag);
        Exporter sonde = ground.sonde().start(ground.folder(), ground.modules(), flag)) {
      claims.about(new Pair(reference, sonde));
    }
  }

  private void passwords(Pair pair) {
    for (String path : List.of("/-/healthy", "/metrics", "/config", "/probe", "/nope")) {
      same(pair, "no password for " + path, 401, "https://localhost:@" + path);
    }
    same(pair, "a wrong password", 401, "https://localhost:@/", "-u", "prom:wrong");
    same(pair, "an unknown user", 401, "https://localhost:@/", "-u", "nobody:wrong");
    same(pair, "an empty user", 401, "https://localhost:@/", "-u", ":");
    same(pair, "half a header", 401, "https://localhost:@/", "-H", "Authorization: Basic");
    same(pair, "no base64", 401, "https://localhost:@/", "-H", "Authorization: Basic %%%%");
    same(pair, "a token", 401, "https://localhost:@/", "-H", "Authorization: Bearer abc");
    same(pair, "the password over HTTP/2", 200, "https://localhost:@/-/healthy", right("--http2"));
    same(pair, "the password over HTTP/1.1", 200, "https://localhost:@/-/healthy", right());
    same(pair, "a bad request", 400, "https://localhost:@/probe", right());
    same(pair, "a reload by GET", 405, "https://localhost:@/-/reload", right("--http2"));
    same(pair, "plain HTTP on a TLS port", 400, "http://localhost:@/", "--http1.0");
    same(pair, "plain HTTP/1.1 on a TLS port", 400, "http://localhost:@/probe?target=x");
    tally.claim(
        "refusals: plain HTTP on a TLS port is told what is wrong",
        () ->
            Tally.contains(
                "Client sent an HTTP request to an HTTPS server.",
                ask(pair.sonde(), "http://localhost:@/").body()));
    tally.claim(
        "refusals: curl speaks HTTP/2 with Sonde; the reference says so in its log, and does not",
        () -> {
          Tally.same(
              "1.1",
              ask(pair.reference(), "https://localhost:@/-/healthy", right("--http2")).version());
          Tally.same(
              "2", ask(pair.sonde(), "https://localhost:@/-/healthy", right("--http2")).version());
        });
  }

  private static String[] right(String... more) {
    String[] options = new String[more.length + 2];
    options[0] = "-u";
    options[1] = Ground.CREDENTIALS;
    System.arraycopy(more, 0, options, 2, more.length);
    return options;
  }

  private void plain(Pair pair) {
    same(pair, "no password without TLS", 401, "http://localhost:@/metrics");
    same(pair, "the password without TLS", 200, "http://localhost:@/-/healthy", right());
    same(pair, "TLS where there is none", 0, "https://localhost:@/");
  }

  private void limited(Pair pair) {
    for (int i = 0; i < 4; i++) {
      same(pair, "request " + i + " under a limit of rate", -1, "http://localhost:@/-/healthy");
    }
  }

  private void certificates(String type, Pair pair) {
    String health = "https://localhost:@/-/healthy";
    same(pair, type + ", none shown", -1, health);
    for (String name : List.of("client", "stranger", "unrelated")) {
      String[] shown = {
        "--cert",
        ground.certificates().file(name + ".pem").toString(),
        "--key",
        ground.certificates().file(name + ".key").toString()
      };
      same(pair, type + ", " + name + " shown", -1, health, shown);
    }
  }

  private void firstOnly(Pair pair) {
    tally.claim(
        "refusals: http2: false leaves HTTP/1.1 to both",
        () -> {
          for (Exporter one : List.of(pair.reference(), pair.sonde())) {
            Tally.same("1.1", ask(one, "https://localhost:@/-/healthy", "--http2").version());
          }
        });
  }

  /** Claims that both answer alike; the status is demanded, too, unless it is negative. */
  private void same(Pair pair, String what, int status, String url, String... options) {
    tally.claim(
        "refusals: " + what + " is answered as by the reference",
        () -> {
          Curl.Answer theirs = ask(pair.reference(), url, options);
          Curl.Answer ours = ask(pair.sonde(), url, options);
          if (status >= 0) {
            Tally.same(status, theirs.status());
          }
          Tally.same(theirs.status(), ours.status());
          boolean asksForSecond = List.of(options).contains("--http2");
          Tally.same(asksForSecond ? "2" : theirs.version(), ours.version());
          Tally.same(theirs.body().isEmpty(), ours.body().isEmpty());
          if (theirs.status() != 200) {
            Tally.same(theirs.body(), ours.body());
          }
          for (String header : HEADERS) {
            Tally.same(header + ": " + theirs.header(header), header + ": " + ours.header(header));
          }
        });
  }

  private Curl.Answer ask(Exporter exporter, String url, String... options)
      throws IOException, InterruptedException {
    String[] all = new String[options.length + 2];
    all[0] = "--cacert";
    all[1] = ground.authority();
    System.arraycopy(options, 0, all, 2, options.length);
    return Curl.get(ground.folder(), url.replace("@", "" + exporter.port()), all);
  }
}
