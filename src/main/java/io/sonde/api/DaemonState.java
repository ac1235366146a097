package io.sonde.api;

import io.sonde.config.ConfigPrinter;
import io.sonde.config.Problem;
import io.sonde.history.History;
import io.sonde.history.HistorySize;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Product;
import io.sonde.server.Reloader;
import io.sonde.telemetry.ProbeStats;
import io.sonde.telemetry.ReloadStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the daemon works with, and how it is. */
final class DaemonState {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Reloader reloader;
  private final ProbeStats stats;
  private final History history;
  private final Instant startedAt;

  DaemonState(Reloader reloader, ProbeStats stats, History history, Instant startedAt) {
    this.reloader = reloader;
    this.stats = stats;
    this.history = history;
    this.startedAt = startedAt;
  }

  /** Every module in force, in the order of the files, without its secrets. */
  Map<String, @Nullable Object> modules(Parameters parameters, String rest)
      throws RefusedException {
    parameters.throwIfAnyIsWrong();
    List<Map<String, @Nullable Object>> modules = new ArrayList<>();
    reloader.table().modules().forEach((name, module) -> modules.add(module(name, module)));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("modules", modules);
    answer.put("absent_files", reloader.table().absentFiles());
    return answer;
  }

  private static Map<String, @Nullable Object> module(String name, BoundModule module) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("name", name);
    object.put("prober", module.config().prober() == null ? null : module.config().prober().word());
    object.put("timeout_seconds", module.config().timeout().toMillis() / MILLIS_PER_SECOND);
    object.put("problems", module.warnings().stream().map(Problem::message).toList());
    object.put("configuration", ConfigPrinter.print(module.config()));
    return object;
  }

  /** How the daemon is. */
  Map<String, @Nullable Object> status(Parameters parameters, String rest) throws RefusedException {
    parameters.throwIfAnyIsWrong();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("version", Product.VERSION);
    answer.put("revision", Product.revision());
    answer.put("started_at", startedAt.toString());
    answer.put("configuration", configuration());
    answer.put("probes", probes());
    answer.put("history", history());
    return answer;
  }

  private Map<String, @Nullable Object> configuration() {
    ReloadStatus status = reloader.status();
    Instant succeededAt =
        Instant.ofEpochMilli(Math.round(status.succeededAtSeconds() * MILLIS_PER_SECOND));
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("hash", reloader.hash());
    object.put("modules", reloader.table().modules().size());
    object.put("last_load_successful", status.successful());
    object.put(
        "last_successful_load", status.succeededAtSeconds() == 0 ? null : succeededAt.toString());
    object.put("files", new TreeMap<>(status.files()));
    return object;
  }

  private Map<String, @Nullable Object> probes() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("in_flight", stats.inFlight());
    object.put("max_in_flight", stats.maxInFlight());
    return object;
  }

  private Map<String, @Nullable Object> history() {
    HistorySize size = history.size();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("results", size.results());
    object.put("targets", size.targets());
    object.put("bytes", size.bytes());
    object.put("limit", size.limit());
    object.put("max_bytes", size.maxBytes());
    object.put("evicted_results", size.evictedResults());
    object.put("evicted_targets", size.evictedTargets());
    object.put("trimmed_results", size.trimmedResults());
    return object;
  }
}
