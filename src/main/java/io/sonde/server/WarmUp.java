package io.sonde.server;

import io.sonde.config.Config;
import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.ProbeSpec;
import io.sonde.config.ProberKind;
import io.sonde.config.TcpSpec;
import io.sonde.exposition.LogSyntax;
import io.sonde.history.History;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.telemetry.ProbeStats;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the paths that the loaded modules will take once before anybody measures with them: the
 * first probe of a cold JVM would report the loading of classes as the target's time. Each kind of
 * prober in use probes a listener of the daemon's own on the loopback interface, through the same
 * pipeline that scrapes take, with modules made for the purpose; the user's modules might reach out
 * to proxies or send credentials. None of it is counted, logged or kept.
 */
public final class WarmUp {
  private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final int READ_MILLIS = 2_000;
  private static final int ROUNDS = 2;
  private static final int PROBES_AT_ONCE = 2;

  /** What Prometheus sends, so that its format and encoding are warm as well. */
  private static final String HEADERS =
      """
       HTTP/1.1\r
      Host: localhost\r
      Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,*/*;q=0.1\r
      Accept-Encoding: gzip\r
      X-Prometheus-Scrape-Timeout-Seconds: 10\r
      \r
      """;

  private WarmUp() {}

  /**
   * Runs dry probes; blocks until they are done, which no failure of theirs prevents.
   *
   * @param binder compiles a module
   * @param table the modules that were loaded
   * @return how long it took
   */
  public static Duration run(
      Loops loops, Function<ModuleConfig, BoundModule> binder, ModuleTable table) {
    long startNanos = System.nanoTime();
    Map<String, ModuleConfig> modules = modules(table);
    if (!modules.isEmpty()) {
      try {
        probe(loops, ModuleTable.bind(new Config(modules, List.of()), binder, ModuleTable.EMPTY));
      } catch (IOException e) {
        logger.debug("Warming up ended early", e);
      }
    }
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private static Map<String, ModuleConfig> modules(ModuleTable table) {
    Map<String, ModuleConfig> modules = new LinkedHashMap<>();
    for (BoundModule module : table.modules().values()) {
      if (module.config().prober() == ProberKind.HTTP) {
        add(modules, HttpSpec.DEFAULT);
      } else if (module.config().prober() == ProberKind.TCP) {
        add(modules, TcpSpec.DEFAULT);
      }
    }
    return modules;
  }

  private static void add(Map<String, ModuleConfig> modules, ProbeSpec spec) {
    String name = spec.kind().word();
    modules.put(name, ModuleConfig.of(name, LIMIT, spec));
  }

  private static void probe(Loops loops, ModuleTable modules) throws IOException {
    ListenAddress address = ListenAddress.parse("127.0.0.1:0");
    Server server = new Server(loops, router(modules), Limits.DEFAULT, List.of(address));
    server.listen();
    int port = server.localAddresses().get(0).getPort();
    try (Socket tls = connect(port);
        Socket plain = connect(port)) {
      List<String> encrypted = encryptedTargets(modules, port);
      // Its answer has to wait for the system's trust anchors, which a background thread reads.
      for (String target : encrypted) {
        ask(tls, target);
      }
      for (int i = 0; i < ROUNDS; i++) {
        for (String target : plainTargets(modules, port)) {
          ask(plain, target);
          skipAnswer(plain.getInputStream());
        }
      }
      for (int i = 0; i < encrypted.size(); i++) {
        skipAnswer(tls.getInputStream());
      }
    } finally {
      server.stop(Duration.ZERO, () -> 0);
    }
  }

  private static Router router(ModuleTable modules) {
    History history = new History(0);
    ProbeEndpoint probe =
        new ProbeEndpoint(
            () -> modules,
            0,
            new ProbeStats(PROBES_AT_ONCE),
            history,
            new DebugPages(LogSyntax.LOGFMT, ignored -> ""),
            ignored -> {});
    return new Router(new WebLocation("/", "/"))
        .with("probe", probe)
        .with("-/healthy", new HealthEndpoint(() -> true, "Healthy", ""));
  }

  private static List<String> plainTargets(ModuleTable modules, int port) {
    List<String> targets = new ArrayList<>();
    if (modules.find(ProberKind.HTTP.word()) != null) {
      targets.add("http&target=http%3A%2F%2F127.0.0.1%3A" + port + "%2F-%2Fhealthy");
    }
    if (modules.find(ProberKind.TCP.word()) != null) {
      targets.add("tcp&target=127.0.0.1%3A" + port);
    }
    return targets;
  }

  /** Its probe ends in the handshake, as the listener speaks no TLS; by then most is loaded. */
  private static List<String> encryptedTargets(ModuleTable modules, int port) {
    return modules.find(ProberKind.HTTP.word()) == null
        ? List.of()
        : List.of("http&target=https%3A%2F%2F127.0.0.1%3A" + port);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_MILLIS);
    return socket;
  }

  private static void ask(Socket socket, String moduleAndTarget) throws IOException {
    String request = "GET /probe?module=" + moduleAndTarget + HEADERS;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads up to the end of an answer whose head tells its length. */
  private static void skipAnswer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(512);
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("connection ended within an answer");
      }
      head.append((char) b);
    }
    String field = "Content-Length: ";
    int start = head.indexOf(field) + field.length();
    in.skipNBytes(Integer.parseInt(head.substring(start, head.indexOf("\r", start))));
  }
}
