package io.sonde.operate;

import io.sonde.rig.Certificates;
import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Nginx;
import io.sonde.rig.Ports;
import io.sonde.rig.Template;
import io.sonde.rig.Wrk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an operator has around Sonde: targets, certificates, users, and the files that say so. */
final class Ground implements Closeable {
  static final String USER = "prom";
  static final String PASSWORD = "right-pass word";
  static final String CREDENTIALS = USER + ":" + PASSWORD;

  /** What bcrypt costs where nobody says otherwise. */
  private static final String COST = "10";

  private final Path folder;
  private final Path sources;
  private final Map<String, String> values = new HashMap<>();
  private final Certificates certificates;
  private final Child nginx;
  private final Exporter.Program sonde;
  private final Exporter.Program reference;

  private Ground(Path folder, Path sources) throws IOException, InterruptedException {
    this.folder = folder;
    this.sources = sources;
    certificates = Certificates.create(folder.resolve("certificates"));
    certificates.leaf("target", "DNS:localhost,IP:127.0.0.1");
    certificates.leaf("server", "DNS:localhost,IP:127.0.0.1");
    certificates.leaf("client", "DNS:scraper.test,email:ops@scraper.test");
    certificates.leaf("stranger", "DNS:stranger.test");
    certificates.otherAuthority("unrelated");
    values.put("certificates", folder.resolve("certificates").toString());
    for (String place : List.of("http", "https", "outside", "inside", "dns")) {
      values.put(place, Integer.toString(Ports.free()));
    }
    Template.write(sources.resolve("modules.yml"), modules(), values);
    nginx =
        Nginx.start(sources.resolve("nginx.conf"), folder.resolve("nginx"), values, port("http"));
    Path jar = Path.of(System.getProperty("sonde.jar"));
    // The options that the image runs with: what is said of memory is said of them.
    sonde = Exporter.Program.sonde(jar, List.of("@" + System.getProperty("jvm.options")));
    reference = Exporter.Program.reference(Path.of(System.getProperty("reference")));
  }

  static Ground prepare(Path folder, Path sources) throws IOException, InterruptedException {
    return new Ground(folder, sources);
  }

  /** The line that htpasswd writes for a user, as it stands in a web configuration. */
  String user(String name, String password) throws IOException, InterruptedException {
    String line = Child.run(folder, "htpasswd", "-nbBC", COST, name, password).trim();
    return "  " + line.replaceFirst(":", ": ") + "\n";
  }

  /** Sonde with a small arena count, as its documents have it run. */
  Exporter.Program sonde() {
    return sonde.within(Map.of("MALLOC_ARENA_MAX", "2"));
  }

  Exporter.Program reference() {
    return reference;
  }

  /** Writes a file whole, so that nobody reads half of it. */
  Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, content, StandardCharsets.UTF_8);
    return Files.move(
        beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The header that lets the user in. */
  static String authorization() {
    return authorization(PASSWORD);
  }

  /** The header with another password. */
  static String authorization(String password) {
    String pair = USER + ":" + password;
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** A web configuration with a certificate and a user. */
  String passwordConfig() throws IOException, InterruptedException {
    return tls("server") + "basic_auth_users:\n" + user(USER, PASSWORD);
  }

  /** The part that has a server present a certificate of this run. */
  String tls(String certificate) {
    return "tls_server_config:\n  cert_file: "
        + certificates.file(certificate + ".pem")
        + "\n  key_file: "
        + certificates.file(certificate + ".key")
        + "\n";
  }

  /** Scrapes of Sonde, as Prometheus sends them. */
  Wrk.Load load(String origin, int connections, List<String> headers, List<String> paths) {
    Path script = sources.resolveSibling("..").resolve("bench/scrape.lua").normalize();
    return new Wrk.Load(script, origin, connections, headers, paths);
  }

  /** The path that probes a page of the target. */
  String probe(String page) {
    return Exporter.probePath("http", "http://127.0.0.1:" + port("http") + page);
  }

  Certificates certificates() {
    return certificates;
  }

  String authority() {
    return certificates.file("ca.pem").toString();
  }

  Path modules() {
    return folder.resolve("modules.yml");
  }

  Path folder() {
    return folder;
  }

  Path sources() {
    return sources;
  }

  Map<String, String> values() {
    return values;
  }

  int port(String place) {
    return Integer.parseInt(values.get(place));
  }

  @Override
  public void close() {
    nginx.close();
  }
}
