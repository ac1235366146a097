package io.sonde.server;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.ProberKind;
import io.sonde.exposition.LogSyntax;
import io.sonde.history.History;
import io.sonde.net.tls.DryQuicPeer;
import io.sonde.net.tls.DryTlsPeer;
import io.sonde.net.tls.QuicLibrary;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.telemetry.ProbeStats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the paths that the loaded modules will take once before anybody measures with them: the
 * first probe of a cold JVM would report the loading of classes as the target's time. Each kind of
 * prober in use probes listeners of the daemon's own on the loopback interface, through the same
 * pipeline that scrapes take, with modules made for the purpose; the user's modules might reach out
 * to proxies or send credentials. None of it is counted, logged or kept.
 */
public final class WarmUp {
  private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

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

  /**
   * A dry probe.
   *
   * @param name of its module
   * @param module the rest of it, as a configuration writes it
   * @param target what it probes
   */
  private record Dry(String name, String module, String target) {
    String line() {
      return "  " + name + ": {timeout: 1s, " + module + "}\n";
    }

    String path() {
      return name + "&target=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
    }
  }

  private static final Set<ProberKind> WARMED =
      EnumSet.of(ProberKind.HTTP, ProberKind.TCP, ProberKind.UNIX);

  /** What is said to the daemon's own listener where a user's module would lead a dialogue. */
  private static final String DIALOGUE =
      """
      query_response: [{send: "GET /-/healthy HTTP/1.1\\r\\nHost: localhost\\r\\n\\r"}, \
      {expect: "^HTTP/1.1 (200)", send: "${1}"}]""";

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
    List<ModuleConfig> modules =
        table.modules().values().stream().map(BoundModule::config).toList();
    Set<ProberKind> kinds = EnumSet.noneOf(ProberKind.class);
    modules.stream()
        .filter(module -> module.spec() != null)
        .map(ModuleConfig::prober)
        .forEach(kinds::add);
    kinds.retainAll(WARMED);
    if (!kinds.isEmpty()) {
      try {
        probe(loops, binder, kinds, modules.stream().anyMatch(WarmUp::usesQuic));
      } catch (IOException | ConfigException e) {
        logger.debug("Warming up ended early", e);
      }
    }
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private static boolean usesQuic(ModuleConfig module) {
    return module.spec() instanceof HttpSpec http
        && http.enableHttp3()
        && QuicLibrary.problem() == null;
  }

  private static void probe(
      Loops loops, Function<ModuleConfig, BoundModule> binder, Set<ProberKind> kinds, boolean quic)
      throws IOException, ConfigException {
    ListenAddress address = ListenAddress.parse("127.0.0.1:0");
    AtomicReference<ModuleTable> modules = new AtomicReference<>(ModuleTable.EMPTY);
    Server server = new Server(loops, router(modules::get), Limits.DEFAULT, List.of(address));
    server.listen();
    int port = server.localAddresses().get(0).getPort();
    try (DryTlsPeer peer = DryTlsPeer.listen(loops)) {
      List<Dry> plain = plain(kinds, port);
      List<Dry> encrypted = encrypted(kinds, peer);
      modules.set(bind(binder, plain, encrypted));
      // Both at once, on two loops where there are two.
      CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(() -> ask(port, encrypted));
      ask(port, plain);
      meanwhile.join();
      if (quic) {
        askOverQuic(loops, port, binder, modules);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    } finally {
      server.stop(Duration.ZERO, () -> 0);
    }
  }

  private static void askOverQuic(
      Loops loops,
      int port,
      Function<ModuleConfig, BoundModule> binder,
      AtomicReference<ModuleTable> modules)
      throws IOException, ConfigException {
    try (DryQuicPeer peer = DryQuicPeer.listen(loops)) {
      String module =
          "prober: http, http: {enable_http2: false, enable_http3: true, "
              + trust(peer.authorityPem())
              + "}";
      List<Dry> probes = List.of(new Dry("http3", module, "https://127.0.0.1:" + peer.port()));
      modules.set(bind(binder, probes, List.of()));
      ask(port, probes);
    }
  }

  private static String trust(String authorityPem) {
    return "tls_config: {ca: \"" + authorityPem.replace("\n", "\\n") + "\"}";
  }

  private static List<Dry> plain(Set<ProberKind> kinds, int port) {
    List<Dry> probes = new ArrayList<>();
    if (kinds.contains(ProberKind.HTTP)) {
      probes.add(new Dry("http", "prober: http", "http://127.0.0.1:" + port + "/-/healthy"));
    }
    if (kinds.contains(ProberKind.TCP)) {
      probes.add(new Dry("tcp", "prober: tcp, tcp: {" + DIALOGUE + "}", "127.0.0.1:" + port));
    }
    if (kinds.contains(ProberKind.UNIX)) {
      // Nobody listens there; by then most is loaded.
      probes.add(new Dry("unix", "prober: unix, unix: {" + DIALOGUE + "}", "@sonde/" + port));
    }
    return probes;
  }

  private static List<Dry> encrypted(Set<ProberKind> kinds, DryTlsPeer peer) {
    String trust = trust(peer.authorityPem());
    List<Dry> probes = new ArrayList<>();
    if (kinds.contains(ProberKind.HTTP)) {
      String target = "https://127.0.0.1:" + peer.port();
      probes.add(new Dry("https", "prober: http, http: {" + trust + "}", target));
    }
    if (kinds.contains(ProberKind.TCP)) {
      String target = "127.0.0.1:" + peer.port();
      probes.add(new Dry("tls", "prober: tcp, tcp: {tls: true, " + trust + "}", target));
    }
    return probes;
  }

  private static ModuleTable bind(
      Function<ModuleConfig, BoundModule> binder, List<Dry> plain, List<Dry> encrypted)
      throws ConfigException {
    StringBuilder text = new StringBuilder("modules:\n");
    plain.forEach(probe -> text.append(probe.line()));
    encrypted.forEach(probe -> text.append(probe.line()));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return ModuleTable.bind(ConfigLoader.parse("dry probes", bytes), binder, ModuleTable.EMPTY);
  }

  private static void ask(int port, List<Dry> probes) {
    try (Socket socket = connect(port)) {
      for (int i = 0; i < ROUNDS; i++) {
        for (Dry probe : probes) {
          ask(socket, probe);
          skipAnswer(socket.getInputStream());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Router router(Supplier<ModuleTable> modules) {
    History history = new History(0);
    ProbeEndpoint probe =
        new ProbeEndpoint(
            modules,
            0,
            new ProbeStats(PROBES_AT_ONCE),
            history,
            new DebugPages(LogSyntax.LOGFMT, ignored -> ""),
            ignored -> {});
    return new Router(new WebLocation("/", "/"))
        .with("probe", probe)
        .with("-/healthy", new HealthEndpoint(() -> true, "Healthy", ""));
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_MILLIS);
    return socket;
  }

  private static void ask(Socket socket, Dry probe) throws IOException {
    String request = "GET /probe?module=" + probe.path() + HEADERS;
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
