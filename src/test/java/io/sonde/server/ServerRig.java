package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.api.Api;
import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import io.sonde.count.NameServerCounts;
import io.sonde.exposition.LogSyntax;
import io.sonde.history.History;
import io.sonde.page.LinksOut;
import io.sonde.page.PageSources;
import io.sonde.page.Pages;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.Metric;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import io.sonde.server.listen.ListenAddress;
import io.sonde.telemetry.ConnectionStats;
import io.sonde.telemetry.LoopLag;
import io.sonde.telemetry.MetricSources;
import io.sonde.telemetry.OwnMetrics;
import io.sonde.telemetry.ProbeLog;
import io.sonde.telemetry.ProbeStats;
import io.sonde.telemetry.RequestStats;
import io.sonde.trace.Tracing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A real server on a port of its own, with a prober that does as the target says: {@code pass},
 * {@code fail} or {@code wait}, the last until {@link #release} or the end of the run.
 */
public final class ServerRig implements AutoCloseable {
  static final Limits QUICK =
      new Limits(
          1024,
          2048,
          1000,
          4,
          Duration.ofMillis(150),
          Duration.ofMillis(400),
          Duration.ofSeconds(5));

  private static final int ANY_NUMBER = 10_000;

  final Loops loops = Loops.start(1);
  final ProbeStats stats;
  final RequestStats requests = new RequestStats();
  final ConnectionStats connections;
  public final History history = new History(3, 1 << 20);
  final BlockingQueue<ProbeRun> waiting = new LinkedBlockingQueue<>();
  final Path configFile = Files.createTempFile("sonde", ".yml");
  final Reloader reloader;
  final Server server;
  private final ProbeLog probeLog = new ProbeLog(Duration.ZERO);
  private final BlockingQueue<CompletableFuture<Verdict>> held = new LinkedBlockingQueue<>();
  private final ExecutorService background = Executors.newSingleThreadExecutor();

  public ServerRig() throws Exception {
    this(Limits.DEFAULT, 100, "", "");
  }

  public ServerRig(Limits limits, int maxInFlight, String externalUrl, String routePrefix)
      throws Exception {
    this(limits, maxInFlight, externalUrl, routePrefix, WarmPaths.all(), Protection.NONE);
  }

  public ServerRig(Protection protection) throws Exception {
    this(Limits.DEFAULT, 100, "", "", WarmPaths.all(), protection);
  }

  ServerRig(
      Limits limits,
      int maxInFlight,
      String externalUrl,
      String routePrefix,
      WarmPaths warmPaths,
      Protection protection)
      throws Exception {
    this(
        limits,
        maxInFlight,
        externalUrl,
        routePrefix,
        warmPaths,
        protection,
        ANY_NUMBER,
        List.of());
  }

  /** One for so many connections. */
  static ServerRig withMaxConnections(Limits limits, int maxConnections) throws Exception {
    return withMaxConnections(limits, maxConnections, Protection.NONE);
  }

  static ServerRig withMaxConnections(Limits limits, int maxConnections, Protection protection)
      throws Exception {
    return new ServerRig(
        limits, 100, "", "", WarmPaths.all(), protection, maxConnections, List.of());
  }

  /** One that answers more than the server does by itself. */
  static ServerRig withSites(Protection protection, Site... sites) throws Exception {
    return new ServerRig(
        Limits.DEFAULT, 100, "", "", WarmPaths.all(), protection, ANY_NUMBER, List.of(sites));
  }

  private ServerRig(
      Limits limits,
      int maxInFlight,
      String externalUrl,
      String routePrefix,
      WarmPaths warmPaths,
      Protection protection,
      int maxConnections,
      List<Site> sites)
      throws Exception {
    stats = new ProbeStats(maxInFlight);
    connections = new ConnectionStats(maxConnections);
    Files.writeString(configFile, "modules:\n  http_2xx:\n    prober: http\n");
    reloader =
        new Reloader(
            ConfigSource.file(configFile.toString()),
            new Assembly(ServerRig::parse, false),
            (config, previous) -> ModuleTable.bind(config, this::bind, previous),
            background);
    reloader.load();
    List<ListenAddress> addresses = List.of(ListenAddress.parse("127.0.0.1:0"));
    OwnMetrics metrics = new OwnMetrics(metricSources());
    ProbeStarter starter =
        new ProbeStarter(reloader::table, warmPaths, stats, history, probeLog::write, Tracing.NONE);
    WebLocation location = WebLocation.of(externalUrl, routePrefix, addresses, "http");
    InstantSource clock = InstantSource.system();
    List<Site> all = new ArrayList<>();
    all.add(new Api(reloader, history, stats, starter, clock, background));
    all.add(
        new Pages(
            new PageSources(
                reloader,
                history,
                stats,
                starter,
                location,
                LinksOut.NONE,
                background,
                clock.instant(),
                clock)));
    all.addAll(sites);
    server =
        new Server(
            loops,
            new ServerSettings(addresses, location, limits, 0.5, LogSyntax.LOGFMT),
            new Services(
                reloader,
                warmPaths,
                history,
                starter,
                requests,
                connections,
                () -> metrics,
                background,
                all),
            protection);
    server.listen();
  }

  private MetricSources metricSources() {
    return new MetricSources(
        stats,
        reloader::table,
        reloader::status,
        requests,
        connections,
        () -> 0,
        loops,
        LoopLag.measure(loops.all()),
        new NameServerCounts(),
        history,
        () -> 0,
        Map.of());
  }

  public int port() {
    return port(server);
  }

  static int port(Server server) {
    return ((InetSocketAddress) server.localAddresses().get(0)).getPort();
  }

  Client connect() throws IOException {
    return new Client(port());
  }

  /** Sends one GET on a connection of its own. */
  Client.Answer get(String target, String... headers) throws IOException {
    return send("GET", target, headers);
  }

  Client.Answer send(String method, String target, String... headers) throws IOException {
    try (Client client = connect()) {
      client.send(method, target, headers);
      return client.answer(!method.equals("HEAD"));
    }
  }

  /** The next run whose prober waits. */
  public ProbeRun awaitRun() throws InterruptedException {
    ProbeRun run = waiting.poll(10, TimeUnit.SECONDS);
    if (run == null) {
      throw new AssertionError("no probe began");
    }
    return run;
  }

  /** Lets the oldest waiting probe pass. */
  public void release() throws InterruptedException {
    held.take().complete(Verdict.PASSED);
  }

  /** Waits until the run has ended. */
  public void awaitEnd(ProbeRun run) throws InterruptedException {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loops.next().execute(() -> run.onSettle(() -> ended.complete(null)));
    ended.orTimeout(10, TimeUnit.SECONDS).join();
    loops.next().submit(() -> {}).await();
  }

  @Override
  public void close() throws IOException {
    server.stop(Duration.ZERO, () -> 0);
    assertEquals(0, stats.inFlight(), "probes under way after the end");
    loops.close();
    background.shutdownNow();
    Files.delete(configFile);
  }

  /** The modules of the file, and one that it is easier to make than to write. */
  private static Config parse(String name, byte[] text) throws ConfigException {
    Config config = ConfigLoader.parse(name, text);
    Map<String, ModuleConfig> modules = new LinkedHashMap<>(config.modules());
    modules.put(
        "with_host",
        ModuleConfig.of(
            "with_host",
            Duration.ofSeconds(3),
            HttpSpec.DEFAULT.withHeaders(Map.of("hOST", "configured.example"))));
    return new Config(modules, List.of());
  }

  private BoundModule bind(ModuleConfig module) {
    Prober prober = this::probe;
    return new BoundModule(module, prober, List.of());
  }

  private CompletionStage<Verdict> probe(ProbeRun run) {
    run.samples().set(Metric.PROBE_HTTP_STATUS_CODE, 200);
    run.trail().info("Received redirect", "location", "/x y");
    String target = run.request().target();
    if (target.startsWith("wait")) {
      CompletableFuture<Verdict> verdict = new CompletableFuture<>();
      held.add(verdict);
      waiting.add(run);
      return verdict;
    }
    return CompletableFuture.completedFuture(
        target.startsWith("fail")
            ? Verdict.failed(Phase.CONNECT, Reason.REFUSED, "connection refused")
            : Verdict.PASSED);
  }
}
