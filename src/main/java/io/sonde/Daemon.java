package io.sonde;

import io.sonde.cli.ServeOptions;
import io.sonde.config.ConfigException;
import io.sonde.config.source.ConfigSource;
import io.sonde.history.History;
import io.sonde.net.tls.TlsProvider;
import io.sonde.probe.Loops;
import io.sonde.probe.Probers;
import io.sonde.probe.Transport;
import io.sonde.server.AutoReload;
import io.sonde.server.Encryption;
import io.sonde.server.Limits;
import io.sonde.server.ProbeStarter;
import io.sonde.server.Protection;
import io.sonde.server.Reloader;
import io.sonde.server.Server;
import io.sonde.server.ServerSettings;
import io.sonde.server.Services;
import io.sonde.server.WarmPaths;
import io.sonde.server.WebLocation;
import io.sonde.server.guard.WebGuard;
import io.sonde.server.listen.ListenAddress;
import io.sonde.server.listen.SystemdNotice;
import io.sonde.telemetry.ConnectionStats;
import io.sonde.telemetry.Logs;
import io.sonde.telemetry.LoopLag;
import io.sonde.telemetry.MetricSources;
import io.sonde.telemetry.OwnMetrics;
import io.sonde.telemetry.ProbeLog;
import io.sonde.telemetry.ProbeStats;
import io.sonde.telemetry.RequestStats;
import io.sonde.telemetry.TargetStats;
import io.sonde.telemetry.TraceStats;
import io.sonde.telemetry.WebStats;
import io.sonde.trace.Tracing;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon that serves: everything it consists of, from its start to its end. */
final class Daemon {
  private static final Logger logger = LoggerFactory.getLogger(Daemon.class);

  /** How long the last spans may keep the end waiting. */
  private static final Duration LAST_SPANS = Duration.ofSeconds(2);

  private final ServeOptions options;
  private final ExecutorService background = Background.executor();
  private final Loops loops;
  private final SystemdNotice systemd;
  private final Probers probers;
  private final ConfigSource source;
  private final Reloader reloader;
  private final WarmStart warmStart;
  private final History history;
  private final ProbeStats stats;
  private final RequestStats requests = new RequestStats();
  private final ConnectionStats connections;
  private final ProbeLog probeLog;
  private final WebStats webStats = new WebStats();
  private final TraceStats traceStats = new TraceStats();
  private final Tracing tracing = Tracing.of(System.getenv(), traceStats);
  private final @Nullable WebGuard guard;
  private final Protection protection;
  private final Server server;

  private Daemon(ServeOptions options, Logs logs) throws StartupException {
    List<ListenAddress> addresses = ListenFlags.addresses(options);
    this.options = options;
    this.guard = guard(options.webConfigFile());
    this.protection = guard == null ? Protection.NONE : guard.protection();
    boolean encrypted = protection.encryption().isOn();
    WebLocation location = ListenFlags.location(options, addresses, encrypted);
    this.loops = Loops.start(Runtime.getRuntime().availableProcessors(), LastWords::say);
    this.systemd = SystemdNotice.of(System.getenv(), loops.transport());
    this.probers =
        new Probers(
            loops, options.maxBodyBytes(), options.config().folders(), options.targetPolicy());
    this.source = options.config().source();
    this.reloader = new Reloader(source, options.config().assembly(), probers::table, background);
    WarmPaths warmPaths = new WarmPaths();
    this.warmStart = new WarmStart(loops, probers, reloader, warmPaths);
    this.history = new History(options.historyLimit(), options.historyMaxBytes());
    this.stats =
        new ProbeStats(
            options.maxInFlight() == 0 ? OpenFiles.probesWithinLimit() : options.maxInFlight(),
            options.metricsOfPhases(),
            options.metricsPerTarget() ? new TargetStats(options.metricsPerTargetLimit()) : null);
    this.connections =
        new ConnectionStats(
            options.maxConnections() == 0
                ? OpenFiles.connectionsWithinLimit()
                : options.maxConnections());
    this.probeLog = new ProbeLog(options.summariseFailures());
    this.server =
        new Server(
            loops,
            new ServerSettings(
                addresses,
                location,
                Limits.DEFAULT,
                options.timeoutOffsetSeconds(),
                options.logSyntax()),
            services(logs, location, warmPaths),
            protection);
  }

  private Services services(Logs logs, WebLocation location, WarmPaths warmPaths) {
    ProbeStarter starter =
        new ProbeStarter(reloader::table, warmPaths, stats, history, probeLog::write, tracing);
    return new Services(
        reloader,
        warmPaths,
        history,
        starter,
        requests,
        connections,
        metrics(logs),
        background,
        Sites.of(reloader, history, stats, starter, background, location, options.links()));
  }

  /**
   * Makes a daemon that is ready to listen: configured, and warm for probes without encryption.
   *
   * @throws StartupException if it cannot; nothing of it is left then
   */
  static Daemon prepare(ServeOptions options, Logs logs) throws StartupException {
    checkProperties();
    Daemon daemon = new Daemon(options, logs);
    try {
      daemon.open();
      daemon.load();
    } catch (StartupException e) {
      daemon.close();
      throw e;
    }
    daemon.warmStart.plain();
    return daemon;
  }

  /** Loads the configuration again, in the background. */
  void reload() {
    reloader.reload();
  }

  /** Ends gracefully; blocks until everything is closed. */
  void stop() {
    systemd.stopping();
    server.announceStop();
    sayGoodbye(options.shutdownDelay());
    server.stop(options.shutdownGrace(), stats::inFlight);
    probeLog.flush();
    tracing.close(LAST_SPANS);
    close();
  }

  /** Gives balancers time to look elsewhere; an interrupt ends it. */
  private static void sayGoodbye(Duration delay) {
    if (delay.isZero()) {
      return;
    }
    logger
        .atInfo()
        .addKeyValue("duration_seconds", delay.toMillis() / 1e3)
        .log("Not ready any more, and still answering");
    try {
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A choice that cannot be obeyed must not be found out by the first probe. */
  private static void checkProperties() throws StartupException {
    try {
      Transport.choose();
      TlsProvider.checkProperty();
    } catch (IllegalArgumentException | LinkageError e) {
      throw new StartupException("Cannot start", String.valueOf(e.getMessage()));
    }
  }

  private void close() {
    server.close();
    if (guard != null) {
      guard.close();
    }
    loops.close();
    probers.close();
    background.shutdownNow();
  }

  private void load() throws StartupException {
    try {
      ConfigException failure = reloader.load();
      if (failure != null) {
        logger.atError().addKeyValue("err", failure.getMessage()).log("Error loading config");
      }
      logger
          .atInfo()
          .addKeyValue("file", source.name())
          .addKeyValue("modules", reloader.table().modules().size())
          .addKeyValue("hash", reloader.hash())
          .log("Loaded config file");
    } catch (IOException | ConfigException e) {
      throw StartupException.ofConfig(source, e);
    }
  }

  /** Takes the addresses before what is expensive; nobody is answered yet. */
  private void open() throws StartupException {
    try {
      server.open();
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      throw new StartupException(
          "Error starting HTTP server", reason, StartupAdvice.forListening(reason));
    }
  }

  /** Begins to serve, and makes the rest warm; returns when both is done. */
  void serve() {
    Encryption encryption = protection.encryption();
    if (guard != null) {
      guard.follow();
    }
    server.accept();
    for (String address : server.addressTexts()) {
      logger.atInfo().addKeyValue("address", address).log("Listening on");
      if (encryption.isOn()) {
        logger
            .atInfo()
            .addKeyValue("http2", encryption.http2())
            .addKeyValue("address", address)
            .log("TLS is enabled.");
      } else {
        logger
            .atInfo()
            .addKeyValue("http2", false)
            .addKeyValue("address", address)
            .log("TLS is disabled.");
      }
    }
    probeLog.begin(loops.next(), background);
    warmStart.rest();
    systemd.ready();
    Duration interval = options.config().autoReloadInterval();
    if (!interval.isZero()) {
      new AutoReload(reloader, interval, loops.next(), background).start();
    }
  }

  private Supplier<OwnMetrics> metrics(Logs logs) {
    LoopLag lag = LoopLag.measure(loops.all());
    return Lazy.of(
        () ->
            new OwnMetrics(
                    new MetricSources(
                        stats,
                        reloader::table,
                        reloader::status,
                        requests,
                        connections,
                        logs::droppedRecords,
                        loops,
                        lag,
                        probers.nameServers(),
                        history,
                        probers::bodyBytes,
                        Map.of(
                            "files", probers::waitingWork, "searches", probers::waitingSearches)))
                .with(webStats)
                .with(traceStats));
  }

  private @Nullable WebGuard guard(String file) throws StartupException {
    if (file.isEmpty()) {
      return null;
    }
    try {
      return WebGuard.load(Path.of(file), webStats);
    } catch (ConfigException | InvalidPathException e) {
      throw StartupException.ofWebConfig(file, e);
    }
  }
}
