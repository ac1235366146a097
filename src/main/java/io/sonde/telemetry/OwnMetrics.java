package io.sonde.telemetry;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sonde.exposition.Format;
import io.sonde.probe.Product;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The daemon's own metrics. What is counted per probe is kept in {@link ProbeStats} and with the
 * modules; this class reads it when somebody scrapes, so that a probe pays for no metrics library
 * and a daemon that nobody scrapes loads none. Rendering reads files under {@code /proc}: not for
 * event loops.
 */
public final class OwnMetrics {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final String UNKNOWN = "unknown";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
  private final ExpositionFormatWriter openMetrics =
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build();

  private final Families families = new Families(registry);

  /** Registers everything. */
  public OwnMetrics(MetricSources sources) {
    registerProduct();
    registerReload(sources.reload());
    new ProbeFamilies(sources.probes(), sources.modules()).register(families);
    TargetStats targets = sources.probes().targets();
    if (targets != null) {
      TargetFamilies.register(families, targets);
    }
    RequestFamilies.register(families, sources.requests());
    RequestFamilies.register(families, sources.connections());
    ResourceFamilies.register(families, sources);
    JvmMetrics.builder().register(registry);
  }

  /** Shows those of the daemon's own web server too. */
  public OwnMetrics with(WebStats web) {
    WebFamilies.register(families, web);
    return this;
  }

  /** Shows what becomes of the spans of probes too. */
  public OwnMetrics with(TraceStats traces) {
    TraceFamilies.register(families, traces);
    return this;
  }

  /**
   * Renders all metrics as they are now.
   *
   * @param packed whether to compress them with gzip as they come, which needs a thirtieth of the
   *     memory
   * @throws OversizedTextException if there are so many that they would take too much memory
   */
  public synchronized byte[] render(Format format, boolean packed) throws IOException {
    BoundedText out = BoundedText.ofHeap();
    if (packed) {
      try (OutputStream gzip = new FastGzip(out)) {
        write(format, gzip);
      }
    } else {
      write(format, out);
    }
    return out.toByteArray();
  }

  /** What there is, but for what the library brings along. */
  List<Families.Family> catalogue() {
    return families.catalogue();
  }

  private void write(Format format, OutputStream out) throws IOException {
    ExpositionFormatWriter writer = format.openMetrics() ? openMetrics : text;
    writer.write(out, registry.scrape(), scheme(format));
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
    String branch = Product.branch();
    String revision = Product.revision();
    families.gauges(
        "blackbox_exporter_build_info",
        "A metric with a constant '1' value labeled by version, revision, branch, goversion"
            + " from which blackbox_exporter was built, and the goos and goarch for the"
            + " build.",
        List.of("branch", "goarch", "goos", "goversion", "revision", "tags", "version"),
        values ->
            values.add(
                1,
                branch,
                architecture(System.getProperty("os.arch", UNKNOWN)),
                System.getProperty("os.name", UNKNOWN).toLowerCase(Locale.ROOT),
                "java" + System.getProperty("java.version", UNKNOWN),
                revision,
                UNKNOWN,
                Product.VERSION));
  }

  private void registerReload(Supplier<ReloadStatus> reload) {
    families.gauge(
        "blackbox_exporter_config_last_reload_successful",
        "Blackbox exporter config loaded successfully.",
        () -> reload.get().successful() ? 1 : 0);
    families.gauge(
        "blackbox_exporter_config_last_reload_success_timestamp_seconds",
        "Timestamp of the last successful configuration reload.",
        () -> reload.get().succeededAtSeconds());
    families.gauge(
        "sonde_config_hash",
        "The first 48 bits of the SHA-256 of the configuration in force.",
        () -> reload.get().hash());
    families.gauges(
        "sonde_config_file_last_load_successful",
        "Whether what a configuration file held at the last load is in force.",
        List.of("file"),
        values -> reload.get().files().forEach((file, good) -> values.add(good ? 1 : 0, file)));
  }

  /** The architecture by the name that dashboards know from Go. */
  private static String architecture(String name) {
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }

  /** What Prometheus asks for; the text shrinks to a thirtieth even at the fastest level. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
