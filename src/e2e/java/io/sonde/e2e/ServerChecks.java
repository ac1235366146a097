package io.sonde.e2e;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every endpoint, asked well and asked badly. */
final class ServerChecks {
  private static final String PROMETHEUS_ACCEPT =
      "Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
          + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

  private final Tally tally;
  private final Stage stage;
  private final Exporter reference;
  private final Exporter sonde;
  private final String okPath;

  ServerChecks(Tally tally, Stage stage, Exporter reference, Exporter sonde) {
    this.tally = tally;
    this.stage = stage;
    this.reference = reference;
    this.sonde = sonde;
    okPath = Exporter.probePath("http", "http://127.0.0.1:" + stage.port("http") + "/ok");
  }

  void run(Path promtool) {
    likeTheReference();
    formats();
    endpoints();
    history();
    ownMetrics();
    lint(promtool);
  }

  /** Refusals and odd requests: same status, type and text as the reference. */
  private void likeTheReference() {
    List<String> paths =
        List.of(
            "/probe",
            "/probe?module=nope",
            "/probe?module=nope&target=x&module=http",
            "/probe?target=",
            "/probe?target=x&module=%zz",
            "/probe?module=http&target=127.0.0.1:1;debug=true",
            "/logs",
            "/logs?id=7&target=x",
            "/logs?id=seven",
            "/logs?id=-1",
            "/logs?module=http",
            "/logs?id=99999999",
            "/logs?id=99999999999999999999",
            "/logs?target=never-probed",
            "/-/reload");
    for (String path : paths) {
      tally.claim("server: " + path + " is refused as the reference does", () -> same("GET", path));
    }
    tally.claim("server: PUT /-/reload is refused", () -> same("PUT", "/-/reload"));
    tally.claim("server: /-/healthy", () -> same("GET", "/-/healthy"));
  }

  private void same(String method, String path) throws IOException {
    Http.Answer theirs = Http.send(reference.port(), method, path);
    Http.Answer ours = Http.send(sonde.port(), method, path);
    Tally.same(theirs.status(), ours.status());
    Tally.same(theirs.header("content-type"), ours.header("content-type"));
    Tally.same(theirs.body(), ours.body());
  }

  private void formats() {
    tally.claim(
        "server: curl gets text 0.0.4",
        () -> {
          String answer =
              Child.run(
                  stage.folder(), "curl", "-s", "-i", "http://127.0.0.1:" + sonde.port() + okPath);
          Tally.contains("text/plain; version=0.0.4; charset=utf-8", answer);
          Tally.contains("\nprobe_success 1\n", answer);
        });
    for (String accept :
        List.of("", "*/*", "text/plain", "text/plain;version=0.0.4", "text/html", "garbage;;=")) {
      tally.claim(
          "server: Accept <" + accept + "> brings the reference's content type",
          () -> {
            String header = "Accept: " + accept;
            Tally.same(
                Http.get(reference.port(), okPath, header).header("content-type"),
                Http.get(sonde.port(), okPath, header).header("content-type"));
          });
    }
    for (String coding :
        List.of("gzip", "gzip, deflate", "identity, gzip", "*", "gzip;q=0", "br")) {
      tally.claim(
          "server: Accept-Encoding <" + coding + "> is answered as by the reference",
          () -> {
            String header = "Accept-Encoding: " + coding;
            Http.Answer ours = Http.get(sonde.port(), okPath, header);
            Tally.same(
                Http.get(reference.port(), okPath, header).header("content-encoding"),
                ours.header("content-encoding"));
            Tally.contains("\nprobe_success 1\n", ours.body());
          });
    }
    tally.claim(
        "server: OpenMetrics when it is preferred",
        () -> {
          Http.Answer answer = Http.get(sonde.port(), okPath, PROMETHEUS_ACCEPT);
          Tally.contains("application/openmetrics-text", answer.header("content-type"));
          Tally.isTrue(answer.body().endsWith("# EOF\n"), answer.body());
        });
    tally.claim(
        "server: text when it is preferred to OpenMetrics",
        () ->
            Tally.contains(
                "text/plain",
                Http.get(
                        sonde.port(),
                        okPath,
                        "Accept: application/openmetrics-text;q=0.1,text/plain;q=0.9")
                    .header("content-type")));
  }

  private void endpoints() {
    answers("/-/ready", 200, "");
    answers("/", 200, "probe?target=");
    answers("/config", 200, "modules:");
    answers("/nope", 404, "");
    answers("/probe/", 404, "");
    tally.claim(
        "server: HEAD /probe brings headers alone",
        () -> {
          Http.Answer answer = Http.send(sonde.port(), "HEAD", okPath);
          Tally.same(200, answer.status());
          Tally.same(0, answer.rawBody().length);
        });
    tally.claim(
        "server: a probe can be asked for with POST",
        () ->
            Tally.contains(
                "\nprobe_success 1\n",
                Http.send(sonde.port(), "POST", okPath, "Content-Length: 0").body()));
    tally.claim(
        "server: /config shows no secret",
        () -> {
          String config = Http.get(sonde.port(), "/config").body();
          Tally.contains("<secret>", config);
          Tally.isTrue(!config.contains("open-sesame") && !config.contains("hidden"), config);
        });
  }

  private void answers(String path, int status, String part) {
    tally.claim(
        "server: " + path + " answers " + status,
        () -> {
          Http.Answer answer = Http.get(sonde.port(), path);
          Tally.same(status, answer.status());
          Tally.contains(part, answer.body());
        });
  }

  private void history() {
    tally.claim(
        "server: debug=true shows log, metrics and module",
        () -> {
          Http.Answer answer = Http.get(sonde.port(), okPath + "&debug=true");
          Tally.same("text/plain", answer.header("content-type"));
          Tally.contains("Logs for the probe:\n", answer.body());
          Tally.contains("\n\n\nMetrics that would have been returned:\n# HELP ", answer.body());
          Tally.contains("\n\n\nModule configuration:\nprober: http\n", answer.body());
        });
    tally.claim(
        "server: the landing page links to the log of a failed probe",
        () -> {
          String target = "http://127.0.0.1:" + stage.port("refused") + "/<here>";
          sonde.probe("http", target);
          String page = Http.get(sonde.port(), "/").body();
          Tally.contains("&lt;here&gt;", page);
          Matcher link = Pattern.compile("logs\\?id=(\\d+)").matcher(page);
          Tally.isTrue(link.find(), page);
          String log = Http.get(sonde.port(), "/" + link.group()).body();
          Tally.contains("probe_success 0", log);
          Tally.contains(
              "probe_success 0",
              Http.get(sonde.port(), "/logs?target=" + Exporter.encode(target)).body());
        });
  }

  private void ownMetrics() {
    tally.claim(
        "server: /metrics has the exporter's own metrics",
        () -> {
          String metrics = Http.get(sonde.port(), "/metrics").body();
          Exposition parsed = Exposition.parse(metrics);
          Tally.same(
              1.0, Double.valueOf(parsed.value("blackbox_exporter_config_last_reload_successful")));
          for (String name :
              List.of(
                  "blackbox_exporter_build_info",
                  "blackbox_exporter_config_last_reload_success_timestamp_seconds",
                  "blackbox_module_unknown_total",
                  "process_cpu_seconds_total",
                  "process_open_fds",
                  "process_resident_memory_bytes",
                  "process_start_time_seconds")) {
            Tally.isTrue(parsed.families().containsKey(name), "no " + name + " in " + metrics);
          }
        });
    tally.claim(
        "server: an unknown module is counted",
        () -> {
          double before = unknownModules();
          Http.get(sonde.port(), "/probe?module=nope&target=x");
          Tally.same(before + 1, unknownModules());
        });
  }

  private double unknownModules() throws IOException {
    return Double.parseDouble(
        Exposition.parse(Http.get(sonde.port(), "/metrics").body())
            .value("blackbox_module_unknown_total"));
  }

  private void lint(Path promtool) {
    String https = "https://127.0.0.1:" + stage.port("https") + "/";
    String failed = Exporter.probePath("http", "http://127.0.0.1:" + stage.port("refused") + "/");
    for (String path : List.of(okPath, failed, Exporter.probePath("https", https), "/metrics")) {
      tally.claim(
          "server: promtool has no complaint about " + path.replaceAll("%3A[0-9]+", ""),
          () -> {
            Path file = stage.folder().resolve("lint.txt");
            Files.write(file, Http.get(sonde.port(), path).rawBody());
            String check = promtool.toAbsolutePath() + " check metrics < " + file + " 2>&1";
            Tally.same("", Child.run(stage.folder(), "sh", "-c", check));
          });
    }
  }
}
