package io.sonde.server;

import io.sonde.server.guard.WebGuard;
import io.sonde.telemetry.WebStats;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsVisitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server behind a web configuration, with an authority that vouches for it. */
final class GuardRig implements AutoCloseable {
  /** The hash of {@code hello}, at the least cost there is. */
  static final String HELLO = "$2y$04$lvUqlysK7ydn7R021O.D5.vPvrux9Cn6qik6OCSL8zPi4y3Z0OT52";

  static final String TLS = "tls_server_config: {cert_file: web.crt, key_file: web.key}\n";
  static final String USERS = "basic_auth_users: {prom: '" + HELLO + "'}\n";

  final TestCa ca = TestCa.root("web");
  final WebStats stats = new WebStats();
  final WebGuard guard;
  final ServerRig server;
  private final Path folder;

  GuardRig(Path folder, String webConfig) throws Exception {
    this.folder = folder;
    write("web.crt", "");
    show(identity());
    write("ca.crt", ca.pem());
    write("web.yml", webConfig);
    guard = WebGuard.load(folder.resolve("web.yml"), stats);
    server = new ServerRig(guard.protection());
  }

  /** How the latest load of the web configuration ended. */
  WebStats.Load load() {
    return Objects.requireNonNull(stats.load());
  }

  /** A fresh certificate for this server. */
  TestIdentity identity() {
    return ca.issue("CN=web").dns("localhost").ip("127.0.0.1").issue();
  }

  /** Writes certificate and key to where the configuration has them. */
  void show(TestIdentity identity) throws IOException {
    write("web.crt", identity.certificatePem());
    write("web.key", identity.keyPem());
  }

  void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  SSLContext trusting(@Nullable TestIdentity shown) {
    return TlsVisitor.trusting(ca, shown);
  }

  /** A GET over TLS on a connection of its own. */
  HttpResponse<String> getTls(String path, @Nullable TestIdentity shown, String... headers)
      throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(trusting(shown))
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(30));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A TLS connection whose handshake is done. */
  SSLSocket connectTls() throws IOException {
    SSLSocket socket =
        (SSLSocket) trusting(null).getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(30_000);
    socket.startHandshake();
    return socket;
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public void close() throws IOException {
    server.close();
    guard.close();
  }
}
