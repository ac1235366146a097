package io.sonde.e2e;

import io.sonde.rig.Bind;
import io.sonde.rig.Child;
import io.sonde.rig.HealthServer;
import io.sonde.rig.Template;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Services as Debian has them: OpenSSH, Exim, Dovecot, Redis, PostgreSQL, which need to be started
 * by root, as they become other users, and BIND; and the health service of grpc-java.
 */
final class RealServices implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String AS_POSTGRES =
      "setpriv --reuid=postgres --regid=postgres --clear-groups ";

  private final Path folder;
  private final Map<String, String> values;
  private final List<Child> children = new ArrayList<>();

  private final Path data;

  private RealServices(Path folder, Path data, Map<String, String> values) {
    this.folder = folder;
    this.data = data;
    this.values = values;
  }

  /**
   * Starts them in {@code folder} and returns once they listen.
   *
   * @param data a folder that every user may come into; deleted in the end
   */
  static RealServices start(Path sources, Path folder, Path data, Map<String, String> values)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    RealServices services = new RealServices(folder, data, values);
    services.certificates();
    services.redis();
    services.openssh();
    services.exim(sources);
    services.dovecot(sources);
    services.postgresql();
    for (Child child : services.children) {
      child.awaitListener(Integer.parseInt(values.get(child.name())), PATIENCE);
    }
    services.bind(sources);
    services.grpc();
    return services;
  }

  /** Servers that are not root any more still read these. */
  private void certificates() throws IOException, InterruptedException {
    Child.run(folder, "chmod", "755", data.toString());
    for (String file : List.of("good.pem", "good.key")) {
      Files.copy(Path.of(values.get("certificates"), file), data.resolve(file));
      Child.run(folder, "chmod", "644", data.resolve(file).toString());
    }
  }

  private void redis() throws IOException {
    start(
        "redis",
        "redis-server --bind 127.0.0.1 --port " + values.get("redis"),
        "--unixsocket " + data.resolve("redis") + " --dir " + data);
  }

  private void openssh() throws IOException, InterruptedException {
    Files.createDirectories(Path.of("/run/sshd"));
    Child.run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "host.key");
    start(
        "ssh",
        "/usr/sbin/sshd -D -e -f /dev/null -o PidFile=none",
        "-o HostKey=" + folder.resolve("host.key"),
        "-o ListenAddress=127.0.0.1:" + values.get("ssh"));
  }

  private void exim(Path sources) throws IOException, InterruptedException {
    Path spool = Files.createDirectories(data.resolve("exim"));
    Child.run(folder, "chown", "Debian-exim", spool.toString());
    Template.write(sources.resolve("exim.conf"), data.resolve("exim.conf"), values);
    start("smtp", "exim4 -bdf -C " + data.resolve("exim.conf"));
  }

  private void dovecot(Path sources) throws IOException {
    Template.write(sources.resolve("dovecot.conf"), data.resolve("dovecot.conf"), values);
    start("imap", "dovecot -F -c " + data.resolve("dovecot.conf"));
  }

  private void postgresql() throws IOException, InterruptedException {
    Path cluster = Files.createDirectories(data.resolve("postgresql"));
    Child.run(folder, "chown", "postgres", cluster.toString());
    String initialise = AS_POSTGRES + programs().resolve("initdb") + " -N -A trust -D " + cluster;
    Child.run(folder, initialise.split(" "));
    // It insists on a key that nobody else can read.
    Path key = Files.copy(data.resolve("good.key"), cluster.resolve("good.key"));
    Child.run(folder, "chmod", "600", key.toString());
    Child.run(folder, "chown", "postgres", key.toString());
    start(
        "postgres",
        AS_POSTGRES + programs().resolve("postgres") + " -D " + cluster,
        "-p " + values.get("postgres") + " -c listen_addresses=127.0.0.1 -c fsync=off",
        "-c unix_socket_directories= -c ssl=on -c ssl_key_file=good.key",
        "-c ssl_cert_file=" + data.resolve("good.pem"));
  }

  private void bind(Path sources) throws IOException, InterruptedException {
    Path own = Path.of(values.get("bind"));
    int port = Integer.parseInt(values.get("dns"));
    children.add(Bind.start(sources.resolve("bind"), own, values, port));
  }

  private void grpc() throws IOException, InterruptedException {
    List<String> listeners = new ArrayList<>();
    listeners.add("plain=" + values.get("grpc"));
    listeners.add("bare=" + values.get("grpc_bare"));
    for (String name : List.of("good", "expired", "wrong-name", "self-signed", "chained")) {
      Path certificate = Path.of(values.get("certificates"), name);
      listeners.add(certificate + "=" + values.get("grpc_" + name.replace('-', '_')));
    }
    children.add(HealthServer.start(folder, listeners));
  }

  private static Path programs() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions.sorted().reduce((older, newer) -> newer).orElseThrow().resolve("bin");
    }
  }

  private void start(String name, String... words) throws IOException {
    children.add(Child.start(name, folder, List.of(String.join(" ", words).split(" "))));
  }

  @Override
  public void close() throws IOException {
    children.forEach(Child::close);
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
