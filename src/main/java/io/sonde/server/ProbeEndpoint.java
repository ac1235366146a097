package io.sonde.server;

import io.netty.channel.EventLoop;
import io.sonde.config.ModuleConfig;
import io.sonde.exposition.GoQuote;
import io.sonde.history.History;
import io.sonde.probe.BoundModule;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.ProbeRun;
import io.sonde.telemetry.ProbeStats;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /probe}: runs one probe on the loop that the request came in on, and answers with it. */
final class ProbeEndpoint implements Endpoint {
  private static final Logger logger = LoggerFactory.getLogger(ProbeEndpoint.class);

  private static final String DEFAULT_MODULE = "http_2xx";
  private static final String SCRAPE_TIMEOUT = "x-prometheus-scrape-timeout-seconds";

  private final AtomicLong nextId = new AtomicLong();
  private final Supplier<ModuleTable> modules;
  private final WarmPaths warmPaths;
  private final double timeoutOffsetSeconds;
  private final ProbeStats stats;
  private final History history;
  private final DebugPages debugPages;
  private final Consumer<ProbeResult> log;

  ProbeEndpoint(
      Supplier<ModuleTable> modules,
      WarmPaths warmPaths,
      double timeoutOffsetSeconds,
      ProbeStats stats,
      History history,
      DebugPages debugPages,
      Consumer<ProbeResult> log) {
    this.modules = modules;
    this.warmPaths = warmPaths;
    this.timeoutOffsetSeconds = timeoutOffsetSeconds;
    this.stats = stats;
    this.history = history;
    this.debugPages = debugPages;
    this.log = log;
  }

  @Override
  public void handle(Exchange exchange) {
    QueryString query = exchange.query();
    BoundModule module = findModule(exchange, query.firstOrEmpty("module"));
    if (module == null) {
      return;
    }
    double scrapeSeconds;
    try {
      scrapeSeconds = scrapeSeconds(exchange);
    } catch (NumberFormatException e) {
      exchange.fail(500, "Failed to parse timeout from Prometheus header: " + e.getMessage());
      return;
    }
    String target = target(query);
    if (target.isEmpty()) {
      exchange.fail(400, "Target parameter is missing");
      return;
    }
    String hostname = query.firstOrEmpty("hostname");
    String conflict = HostnameParameter.conflict(module.config(), hostname);
    if (conflict != null) {
      exchange.fail(400, conflict);
      return;
    }
    boolean debug = "true".equals(query.first("debug"));
    warmPaths.whenWarm(
        module.config(),
        target,
        exchange.loop(),
        waitedSeconds -> {
          ModuleConfig config = module.config();
          Duration timeout =
              ProbeTimeout.of(
                  scrapeSeconds, timeoutOffsetSeconds + waitedSeconds, config.timeout());
          String name = hostname.isEmpty() ? null : hostname;
          run(exchange, module, new ProbeRequest(config, target, name, timeout), debug);
        });
  }

  private @Nullable BoundModule findModule(Exchange exchange, String asked) {
    String name = asked.isEmpty() ? DEFAULT_MODULE : asked;
    ModuleTable table = modules.get();
    BoundModule module = table.find(name);
    if (module == null) {
      stats.unknownModule();
      logger.atDebug().addKeyValue("module", name).log("Unknown module");
      exchange.fail(400, "Unknown module " + GoQuote.quote(name) + absent(table));
    }
    return module;
  }

  /** Where the module may be; the first line of the answer is what scrapers know. */
  static String absent(ModuleTable table) {
    return table.absentFiles().isEmpty()
        ? ""
        : "\nModules are missing, as these files did not load: "
            + String.join(", ", table.absentFiles());
  }

  private static double scrapeSeconds(Exchange exchange) {
    String header = exchange.header(SCRAPE_TIMEOUT);
    return header == null || header.isEmpty() ? 0 : GoFloat.parse(header);
  }

  /** The target, decoded twice: scrapers may send one that was encoded before they encoded it. */
  private static String target(QueryString query) {
    String once = query.firstOrEmpty("target");
    String twice = QueryString.decode(once);
    return twice == null ? once : twice;
  }

  private void run(Exchange exchange, BoundModule module, ProbeRequest request, boolean debug) {
    if (!exchange.isAwaited()) {
      return;
    }
    if (!stats.admit()) {
      exchange.fail(
          503,
          "Too many probes: "
              + stats.maxInFlight()
              + " are under way, which is the limit (--probe.max-in-flight)");
      return;
    }
    EventLoop loop = exchange.loop();
    ProbeRun run =
        ProbeRun.start(
            nextId.getAndIncrement(),
            request,
            module.prober(),
            loop,
            result -> settled(exchange, module, result, debug));
    if (!run.settled()) {
      exchange.onLeave(run::abandon);
    }
  }

  private void settled(Exchange exchange, BoundModule module, ProbeResult result, boolean debug) {
    stats.ended(module.counts(), result);
    if (result.abandoned()) {
      return;
    }
    history.add(result);
    log.accept(result);
    if (debug) {
      exchange.respond(ResponseHead.PLAIN, debugPages.render(result));
    } else {
      exchange.loopState().respond(exchange, result.samples());
    }
  }
}
