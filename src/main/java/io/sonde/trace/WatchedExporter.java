package io.sonde.trace;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.sonde.config.Redaction;
import io.sonde.probe.Trail;
import io.sonde.telemetry.TraceStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports batches of spans, one after the other, and counts what becomes of them. Blocks the thread
 * of whoever exports, which is the queue's own, until an export has ended or its time is over.
 */
final class WatchedExporter implements SpanExporter {
  private static final Logger logger = LoggerFactory.getLogger(WatchedExporter.class);
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final int MOST_WRAPPERS = 8;

  private final SpanExporter exporter;
  private final TraceStats stats;
  private final Duration timeout;
  private final String endpoint;
  private final Redaction secrets;
  private long lost;
  private long toldAtNanos;
  private boolean told;

  private WatchedExporter(SpanExporter exporter, OtlpSettings settings, TraceStats stats) {
    this.exporter = exporter;
    this.stats = stats;
    this.timeout = settings.batches().timeout();
    this.endpoint = settings.shownEndpoint();
    this.secrets = settings.secrets();
  }

  /**
   * One that sends to where the settings say.
   *
   * @throws IllegalArgumentException if their files cannot be used
   */
  static WatchedExporter of(OtlpSettings settings, TraceStats stats) {
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint().toString())
            .setTimeout(settings.timeout())
            .setConnectTimeout(settings.timeout())
            .setCompression(settings.compression())
            .setMeterProvider(MeterProvider.noop());
    settings.headers().forEach(builder::addHeader);
    OtlpSettings.Files files = settings.files();
    if (files.certificates() != null) {
      builder.setTrustedCertificates(bytes(files.certificates()));
    }
    if (files.clientKey() != null && files.clientCertificate() != null) {
      builder.setClientTls(bytes(files.clientKey()), bytes(files.clientCertificate()));
    }
    return new WatchedExporter(builder.build(), settings, stats);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result;
    try {
      result = exporter.export(spans).join(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException e) {
      result = CompletableResultCode.ofExceptionalFailure(e);
    }
    if (result.isSuccess()) {
      stats.exported(spans.size());
    } else {
      stats.failed(spans.size());
      lost += spans.size();
      tell(result.isDone() ? result.getFailureThrowable() : null);
    }
    return result;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  /** Once a minute at most. */
  private void tell(@Nullable Throwable cause) {
    long nanos = System.nanoTime();
    if (told && nanos - toldAtNanos < QUIET_NANOS) {
      return;
    }
    String err = cause == null ? "no answer within " + timeout.toMillis() + " ms" : words(cause);
    logger
        .atWarn()
        .addKeyValue("endpoint", endpoint)
        .addKeyValue("err", Trail.cut(secrets.hide(err)))
        .addKeyValue("spans", lost)
        .log("Cannot export traces");
    told = true;
    toldAtNanos = nanos;
    lost = 0;
  }

  /** What it all came of: the library wraps that several times. */
  private static String words(Throwable error) {
    if (error instanceof HttpExportException http && http.failedWithResponse()) {
      return "the answer is status " + http.getResponse().getStatusCode();
    }
    Throwable cause = error;
    for (int i = 0; i < MOST_WRAPPERS && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e, e);
    }
  }
}
