package io.sonde.server;

import io.sonde.config.ConfigPrinter;
import io.sonde.history.History;
import io.sonde.probe.Loops;
import io.sonde.server.listen.ListenAddress;
import io.sonde.server.listen.Listeners;
import io.sonde.telemetry.ConnectionStats;
import io.sonde.telemetry.RequestStats;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners and the connections that came of them. */
public final class Server {
  private static final Logger logger = LoggerFactory.getLogger(Server.class);
  private static final long DRAIN_CHECK_MILLIS = 20;

  /** For answers that cross from one loop to another on their way. */
  private static final long LAST_ANSWERS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final String PROBE = "probe";

  private final Listeners listeners;
  private final LoopStates states;
  private final Reception reception;

  private volatile boolean stopping;

  /** A server that does not listen yet. */
  public Server(Loops loops, ServerSettings settings, Services services, Protection protection) {
    ConnectionCap cap = new ConnectionCap(services.connections());
    Router router = router(settings, services);
    Endpoint guarded = protection.guard().apply(router);
    String probePath = settings.location().routePrefix() + PROBE;
    this.listeners = new Listeners(loops, settings.addresses());
    this.states = new LoopStates(loops, services.requests());
    this.reception =
        new Reception(
            new Measured(guarded, router, services.requests()),
            new Measured(
                new SpareEndpoint(guarded, probePath, cap.most()), router, services.requests()),
            states,
            settings.limits(),
            protection.encryption(),
            cap);
  }

  /** A server of other endpoints than the daemon's, for any number of connections. */
  Server(
      Loops loops,
      Endpoint root,
      Limits limits,
      List<ListenAddress> addresses,
      Encryption encryption) {
    ConnectionCap cap = new ConnectionCap(new ConnectionStats(Integer.MAX_VALUE));
    this.listeners = new Listeners(loops, addresses);
    this.states = new LoopStates(loops, new RequestStats());
    this.reception = new Reception(root, root, states, limits, encryption, cap);
  }

  /** Everything that is answered. */
  private Router router(ServerSettings settings, Services services) {
    DebugPages debugPages = new DebugPages(settings.logSyntax(), ConfigPrinter::print);
    Reloader reloader = services.reloader();
    History history = services.history();
    Router router = new Router(settings.location());
    router
        .with(
            PROBE,
            new ProbeEndpoint(services.starter(), settings.timeoutOffsetSeconds(), debugPages))
        .with("metrics", new MetricsEndpoint(services.metrics(), services.background()))
        .with("config", new ConfigEndpoint(reloader, services.background()))
        .with("logs", new LogsEndpoint(history, debugPages, services.background()))
        .with("-/healthy", new HealthEndpoint())
        .with("-/ready", new ReadinessEndpoint(services.warmPaths(), () -> stopping))
        .with("-/reload", new ReloadEndpoint(reloader));
    services.sites().forEach(site -> site.addTo(router));
    return router;
  }

  /**
   * Opens every listener, or none. Whoever connects from now on waits until {@link #accept}.
   *
   * @throws IOException if one cannot be opened; the message names its address
   */
  public void open() throws IOException {
    listeners.open(reception);
  }

  /** Begins to answer. */
  public void accept() {
    listeners.accept();
  }

  /** Opens every listener and answers at once. */
  void listen() throws IOException {
    open();
    accept();
  }

  /** The addresses that are listened on, in words, with the ports that the system chose. */
  public List<String> addressTexts() {
    return listeners.texts();
  }

  /** The addresses that are listened on, with the ports that the system chose. */
  List<SocketAddress> localAddresses() {
    return listeners.localAddresses();
  }

  /** Closes listeners that nothing was accepted from. */
  public void close() {
    listeners.close();
  }

  /** Says from now on that it is not ready, and goes on answering: balancers look elsewhere. */
  public void announceStop() {
    stopping = true;
  }

  /**
   * Stops to accept, lets what is being answered end and be read, and closes everything after
   * {@code grace} at the latest: whoever still waits is answered 503, and the probe abandoned.
   * Blocks until then; an interrupt ends the grace.
   *
   * @param underWay number of probes under way
   */
  public void stop(Duration grace, IntSupplier underWay) {
    stopping = true;
    listeners.close();
    states.withConnections(ClientConnection::drain);
    awaitEnd(underWay, System.nanoTime() + grace.toNanos());
    int left = underWay.getAsInt();
    if (left > 0) {
      logger.atWarn().addKeyValue("probes", left).log("Giving up probes that are still under way");
    }
    states.withConnections(ClientConnection::abandon);
    awaitEnd(() -> 0, System.nanoTime() + LAST_ANSWERS_NANOS);
    states.close();
  }

  private void awaitEnd(IntSupplier underWay, long giveUpAtNanos) {
    try {
      while (System.nanoTime() < giveUpAtNanos && (underWay.getAsInt() > 0 || isConnected())) {
        TimeUnit.MILLISECONDS.sleep(DRAIN_CHECK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether any client is connected. */
  boolean isConnected() {
    return states.haveConnections();
  }
}
