package io.sonde.telemetry;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sonde.exposition.Format;
import io.sonde.probe.Loops;
import io.sonde.probe.Product;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The daemon's own metrics. What is counted per probe is kept in {@link ProbeStats}; this class
 * reads it when somebody scrapes, so that a probe pays for no metrics library and a daemon that
 * nobody scrapes loads none. Rendering reads files under {@code /proc}: not for event loops.
 */
public final class OwnMetrics {
  private static final double[] LAG_BOUNDS_SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5
  };
  private static final String UNKNOWN = "unknown";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
  private final ExpositionFormatWriter openMetrics =
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build();

  /**
   * Registers everything and begins to measure the loops.
   *
   * @param droppedLogRecords number of log records lost so far
   */
  public OwnMetrics(
      ProbeStats stats,
      Supplier<ReloadStatus> reload,
      LongSupplier droppedLogRecords,
      Loops loops) {
    registerProduct();
    registerReload(reload);
    registerProbes(stats);
    counter(
        "sonde_log_records_dropped_total",
        "Log records lost because standard error was not read fast enough.",
        droppedLogRecords);
    registerLag(loops);
    JvmMetrics.builder().register(registry);
  }

  /** Renders all metrics as they are now. */
  public byte[] render(Format format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
    ExpositionFormatWriter writer = format.openMetrics() ? openMetrics : text;
    writer.write(out, registry.scrape(), scheme(format));
    return out.toByteArray();
  }

  PrometheusRegistry registry() {
    return registry;
  }

  private static EscapingScheme scheme(Format format) {
    return switch (format.escaping()) {
      case ALLOW_UTF_8 -> EscapingScheme.ALLOW_UTF8;
      case UNDERSCORES -> EscapingScheme.UNDERSCORE_ESCAPING;
      case DOTS -> EscapingScheme.DOTS_ESCAPING;
      case VALUES -> EscapingScheme.VALUE_ENCODING_ESCAPING;
    };
  }

  private void registerProduct() {
    Info info =
        Info.builder()
            .name("blackbox_exporter_build_info")
            .help(
                "A metric with a constant '1' value labeled by version, revision, branch, goversion"
                    + " from which blackbox_exporter was built, and the goos and goarch for the"
                    + " build.")
            .labelNames("branch", "goarch", "goos", "goversion", "revision", "tags", "version")
            .register(registry);
    info.setLabelValues(
        UNKNOWN,
        architecture(System.getProperty("os.arch", UNKNOWN)),
        System.getProperty("os.name", UNKNOWN).toLowerCase(Locale.ROOT),
        "java" + System.getProperty("java.version", UNKNOWN),
        UNKNOWN,
        UNKNOWN,
        Product.VERSION);
  }

  private void registerReload(Supplier<ReloadStatus> reload) {
    gauge(
        "blackbox_exporter_config_last_reload_successful",
        "Blackbox exporter config loaded successfully.",
        () -> reload.get().successful() ? 1 : 0);
    gauge(
        "blackbox_exporter_config_last_reload_success_timestamp_seconds",
        "Timestamp of the last successful configuration reload.",
        () -> reload.get().succeededAtSeconds());
    gauge(
        "sonde_config_hash",
        "The first 48 bits of the SHA-256 of the configuration in force.",
        () -> reload.get().hash());
    GaugeWithCallback.builder()
        .name("sonde_config_file_last_load_successful")
        .help("Whether what a configuration file held at the last load is in force.")
        .labelNames("file")
        .callback(
            callback ->
                reload.get().files().forEach((file, good) -> callback.call(good ? 1 : 0, file)))
        .register(registry);
  }

  private void registerProbes(ProbeStats stats) {
    counter(
        "blackbox_module_unknown_total",
        "Count of unknown modules requested by probes",
        stats::unknownModules);
    CounterWithCallback.builder()
        .name("sonde_probes_total")
        .help(
            "Probes that ran to their end, by result; those whose caller left are not among them.")
        .labelNames("result")
        .callback(
            callback -> {
              callback.call((double) stats.failed(), "failure");
              callback.call((double) stats.passed(), "success");
            })
        .register(registry);
    counter(
        "sonde_probes_abandoned_total",
        "Probes that were ended because their caller left.",
        stats::abandonedProbes);
    counter(
        "sonde_probes_rejected_total",
        "Requests for a probe that were answered 503 because too many were under way.",
        stats::rejected);
    gauge("sonde_probes_in_flight", "Probes that are under way.", stats::inFlight);
    gauge(
        "sonde_probes_in_flight_max",
        "Most probes that may be under way at once.",
        stats::maxInFlight);
  }

  private void registerLag(Loops loops) {
    Histogram histogram =
        Histogram.builder()
            .name("sonde_event_loop_lag_seconds")
            .help("How late the event loops ran a task that was due at a known time.")
            .classicOnly()
            .classicUpperBounds(LAG_BOUNDS_SECONDS)
            .withoutExemplars()
            .register(registry);
    new LoopLag(histogram).measure(loops);
  }

  private void counter(String name, String help, LongSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** The architecture by the name that dashboards know from Go. */
  private static String architecture(String name) {
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }
}
