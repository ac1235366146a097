package io.sonde.server;

import io.sonde.config.ModuleConfig;
import io.sonde.exposition.GoQuote;
import io.sonde.history.History;
import io.sonde.probe.BoundModule;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.TraceContext;
import io.sonde.telemetry.ProbeStats;
import io.sonde.trace.Tracing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts probes for whoever asks for one over HTTP: numbered in one row, admitted within one limit,
 * and counted, kept and logged in the same way.
 */
public final class ProbeStarter {
  private static final Logger logger = LoggerFactory.getLogger(ProbeStarter.class);

  /**
   * A probe that is asked for.
   *
   * @param module what runs it
   * @param target not empty
   * @param hostname the name to ask for instead of the target's; empty means none
   * @param seconds how long its caller will wait; 0 if that is unknown
   * @param offsetSeconds how much of them is kept back for the way of the answer
   */
  public record Order(
      BoundModule module, String target, String hostname, double seconds, double offsetSeconds) {}

  /** Who asked for a probe. Is told one of these, or nothing if the caller leaves before. */
  public interface Asker {
    /** The probe has ended, and its result is in the history. Called on the exchange's loop. */
    void ended(ProbeResult result);

    /** No probe was begun. */
    void refused(int status, String why);
  }

  private final AtomicLong nextId = new AtomicLong();
  private final Supplier<ModuleTable> modules;
  private final WarmPaths warmPaths;
  private final ProbeStats stats;
  private final History history;
  private final Consumer<ProbeResult> log;
  private final Tracing tracing;

  /**
   * One that has started none.
   *
   * @param warmPaths what need not be waited for
   * @param stats what is counted about probes, and how many may be under way
   * @param log told of every probe that has ended and was not abandoned
   * @param tracing says which traces they belong to, and is told of every one that has ended
   */
  public ProbeStarter(
      Supplier<ModuleTable> modules,
      WarmPaths warmPaths,
      ProbeStats stats,
      History history,
      Consumer<ProbeResult> log,
      Tracing tracing) {
    this.modules = modules;
    this.warmPaths = warmPaths;
    this.stats = stats;
    this.history = history;
    this.log = log;
    this.tracing = tracing;
  }

  /** The module of that name; null if there is none, which is counted. */
  public @Nullable BoundModule find(String name) {
    BoundModule module = modules.get().find(name);
    if (module == null) {
      stats.unknownModule();
      logger.atDebug().addKeyValue("module", name).log("Unknown module");
    }
    return module;
  }

  /** What to say of a name that is no module's; the first line is what scrapers know. */
  public String unknown(String name) {
    return "Unknown module " + GoQuote.quote(name) + absent(modules.get());
  }

  /** Where the module may be. */
  static String absent(ModuleTable table) {
    return table.absentFiles().isEmpty()
        ? ""
        : "\nModules are missing, as these files did not load: "
            + String.join(", ", table.absentFiles());
  }

  /** Starts a probe as soon as its path is warm, on the exchange's loop and for its caller. */
  public void start(Exchange exchange, Order order, Asker asker) {
    warmPaths.whenWarm(
        order.module().config(),
        order.target(),
        exchange.loop(),
        waitedSeconds -> {
          if (exchange.isAwaited()) {
            run(exchange, order, waitedSeconds, asker);
          }
        });
  }

  private void run(Exchange exchange, Order order, double waitedSeconds, Asker asker) {
    if (!stats.admit()) {
      asker.refused(
          503,
          "Too many probes: "
              + stats.maxInFlight()
              + " are under way, which is the limit (--probe.max-in-flight)");
      return;
    }
    BoundModule module = order.module();
    ProbeRun run =
        ProbeRun.start(
            nextId.getAndIncrement(),
            request(exchange, order, waitedSeconds),
            module.prober(),
            exchange.loop(),
            result -> settled(module, result, asker));
    if (!run.settled()) {
      exchange.onLeave(run::abandon);
    }
  }

  private ProbeRequest request(Exchange exchange, Order order, double waitedSeconds) {
    ModuleConfig config = order.module().config();
    Duration timeout =
        ProbeTimeout.of(order.seconds(), order.offsetSeconds() + waitedSeconds, config.timeout());
    String hostname = order.hostname().isEmpty() ? null : order.hostname();
    TraceContext trace =
        tracing.follows(config)
            ? tracing.begin(config, exchange.header("traceparent"), exchange.header("tracestate"))
            : null;
    return new ProbeRequest(config, order.target(), hostname, timeout, trace);
  }

  private void settled(BoundModule module, ProbeResult result, Asker asker) {
    stats.ended(module.counts(), result);
    tracing.ended(result);
    if (result.abandoned()) {
      return;
    }
    history.add(result);
    log.accept(result);
    asker.ended(result);
  }
}
