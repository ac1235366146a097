package io.sonde.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.TraceContext;
import io.sonde.telemetry.TraceStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/**
 * Exports the spans of probes by OTLP. On the loop of a probe only the sampler is asked, and after
 * its end the spans are put into a bounded queue; what they say is put together by the thread that
 * exports them.
 */
final class OtlpTracing implements Tracing {
  /** Kept, as nobody else keeps what was set in it: what it would say, Sonde's own record says. */
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  private final Sampler sampler;
  private final SpanProcessor queue;
  private final SpanTrees trees;
  private final TraceStats stats;
  private final int maxQueue;

  private OtlpTracing(
      Sampler sampler, SpanProcessor queue, SpanTrees trees, TraceStats stats, int maxQueue) {
    this.sampler = sampler;
    this.queue = queue;
    this.trees = trees;
    this.stats = stats;
    this.maxQueue = maxQueue;
  }

  /**
   * Begins to export.
   *
   * @throws IllegalArgumentException if that cannot work
   */
  static OtlpTracing begin(OtlpSettings settings, TraceStats stats) {
    LIBRARY.setLevel(Level.OFF);
    OtlpSettings.Batches batches = settings.batches();
    SpanProcessor queue =
        BatchSpanProcessor.builder(WatchedExporter.of(settings, stats))
            .setScheduleDelay(batches.delay())
            .setExporterTimeout(batches.timeout())
            .setMaxQueueSize(batches.maxQueue())
            .setMaxExportBatchSize(batches.maxBatch())
            .build();
    stats.begin();
    return new OtlpTracing(
        sampler(settings), queue, SpanTrees.of(settings.resource()), stats, batches.maxQueue());
  }

  @Override
  public boolean follows(ModuleConfig module) {
    return true;
  }

  @Override
  public @Nullable TraceContext begin(
      ModuleConfig module, @Nullable String traceparent, @Nullable String tracestate) {
    TraceContext received = TraceContext.received(traceparent, tracestate);
    TraceContext base = received == null ? TraceContext.begun() : received;
    SpanContext caller = received == null ? SpanContext.getInvalid() : SpanTrees.caller(received);
    SamplingResult result =
        sampler.shouldSample(
            Context.root().with(Span.wrap(caller)),
            base.traceId(),
            SpanTrees.name(module),
            SpanKind.INTERNAL,
            Attributes.empty(),
            List.of());
    boolean record = result.getDecision() == SamplingDecision.RECORD_AND_SAMPLE;
    return record || module.traceContext() ? base.decided(record) : null;
  }

  @Override
  public void ended(ProbeResult result) {
    TraceContext trace = result.request().trace();
    if (trace == null || !trace.recorded()) {
      return;
    }
    List<ProbeSpan> spans = trees.of(result, trace);
    if (stats.admit(spans.size(), maxQueue)) {
      spans.forEach(queue::onEnd);
    }
  }

  @Override
  public void close(Duration limit) {
    queue.shutdown().join(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Sampler sampler(OtlpSettings settings) {
    Sampler ratio = Sampler.traceIdRatioBased(settings.ratio());
    return switch (settings.sampler()) {
      case "always_on" -> Sampler.alwaysOn();
      case "always_off" -> Sampler.alwaysOff();
      case "traceidratio" -> ratio;
      case "parentbased_always_on" -> Sampler.parentBased(Sampler.alwaysOn());
      case "parentbased_always_off" -> Sampler.parentBased(Sampler.alwaysOff());
      case "parentbased_traceidratio" -> Sampler.parentBased(ratio);
      default -> throw new IllegalArgumentException(settings.sampler());
    };
  }
}
