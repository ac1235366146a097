package io.sonde.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.sonde.config.ConfigPrinter;
import io.sonde.history.History;
import io.sonde.probe.Loops;
import io.sonde.telemetry.RequestStats;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners and the connections that came of them. */
public final class Server {
  private static final Logger logger = LoggerFactory.getLogger(Server.class);
  private static final int BACKLOG = 4096;
  private static final long DRAIN_CHECK_MILLIS = 20;

  /** For answers that cross from one loop to another on their way. */
  private static final long LAST_ANSWERS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Loops loops;
  private final Endpoint root;
  private final Encryption encryption;
  private final Limits limits;
  private final List<ListenAddress> addresses;
  private final LoopStates states;
  private final List<Channel> listeners = new ArrayList<>();

  private volatile boolean stopping;

  /** A server that does not listen yet. */
  public Server(Loops loops, ServerSettings settings, Services services, Protection protection) {
    this.loops = loops;
    this.addresses = settings.addresses();
    this.limits = settings.limits();
    Router router = router(settings, services);
    this.root = new Measured(protection.guard().apply(router), router, services.requests());
    this.encryption = protection.encryption();
    this.states = new LoopStates(loops, services.requests());
  }

  /** A server of other endpoints than the daemon's, which counts nothing that anybody sees. */
  Server(
      Loops loops,
      Endpoint root,
      Limits limits,
      List<ListenAddress> addresses,
      Encryption encryption) {
    this.loops = loops;
    this.addresses = addresses;
    this.limits = limits;
    this.root = root;
    this.encryption = encryption;
    this.states = new LoopStates(loops, new RequestStats());
  }

  /** Everything that is answered. */
  private Router router(ServerSettings settings, Services services) {
    DebugPages debugPages = new DebugPages(settings.logSyntax(), ConfigPrinter::print);
    Reloader reloader = services.reloader();
    History history = services.history();
    return new Router(settings.location())
        .with(
            "probe",
            new ProbeEndpoint(
                reloader::table,
                services.warmPaths(),
                settings.timeoutOffsetSeconds(),
                services.stats(),
                history,
                debugPages,
                services.probeLog()))
        .with("metrics", new MetricsEndpoint(services.metrics(), services.background()))
        .with("config", new ConfigEndpoint(reloader, services.background()))
        .with("logs", new LogsEndpoint(history, debugPages))
        .with("-/healthy", new HealthEndpoint(() -> true, "Healthy", "Unhealthy"))
        .with("-/ready", new HealthEndpoint(() -> !stopping, "Ready", "Shutting down"))
        .with("-/reload", new ReloadEndpoint(reloader))
        .with("", new LandingPage(history));
  }

  /**
   * Opens every listener, or none.
   *
   * @throws IOException if one cannot be opened; the message names its address
   */
  public void listen() throws IOException {
    for (ListenAddress address : addresses) {
      try {
        listen(address.resolve());
      } catch (IOException e) {
        closeListeners();
        throw new IOException("listen tcp " + address.text() + ": " + e.getMessage(), e);
      }
    }
  }

  /** The addresses that are listened on, with the ports that the system chose. */
  public List<InetSocketAddress> localAddresses() {
    return listeners.stream().map(listener -> (InetSocketAddress) listener.localAddress()).toList();
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
    closeListeners();
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

  private void listen(InetSocketAddress address) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops.group())
            .channelFactory(loops.transport()::newServerSocket)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    initialize(channel);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      Throwable cause = bound.cause();
      throw cause instanceof IOException e ? e : new IOException(cause);
    }
    bound.channel().pipeline().addLast(new AcceptFailures());
    listeners.add(bound.channel());
  }

  private void initialize(Channel channel) {
    LoopState state = states.of(channel.eventLoop());
    Opening opening = Opening.of(channel, state);
    encryption.begin(
        channel,
        opening.then(() -> addHttp1(channel, state)),
        opening.then(() -> addHttp2(channel, state)));
  }

  private void addHttp1(Channel channel, LoopState state) {
    RequestDecoder decoder = new RequestDecoder(limits);
    channel.pipeline().addLast(decoder, new HttpConnection(decoder, root, state, limits));
  }

  private void addHttp2(Channel channel, LoopState state) {
    channel.pipeline().addLast(new Http2Builder(root, states, state, limits).build());
  }

  private void closeListeners() {
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    listeners.clear();
  }
}
