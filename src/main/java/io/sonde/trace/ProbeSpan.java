package io.sonde.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One span of a probe that has ended. Made on the probe's loop, so it is little more than its ids
 * and times; what is said of it is asked for by whoever exports it.
 */
final class ProbeSpan implements ReadableSpan, SpanData {
  private final Origin origin;
  private final SpanContext context;
  private final SpanContext parent;
  private final String name;
  private final SpanKind kind;
  private final long startEpochNanos;
  private final long endEpochNanos;
  private final @Nullable String error;
  private final Supplier<Attributes> attributes;
  private @Nullable Attributes known;

  /** Who made it: the same for all spans of the process. */
  record Origin(Resource resource, InstrumentationScopeInfo scope) {}

  /**
   * When it began and ended, since the epoch.
   *
   * @param end never before {@code start}
   */
  record Times(long start, long end) {}

  /**
   * A span.
   *
   * @param error what failed in it, in words; null if nothing did
   * @param attributes asked once, by the thread that exports
   */
  ProbeSpan(
      Origin origin,
      SpanContext context,
      SpanContext parent,
      String name,
      SpanKind kind,
      Times times,
      @Nullable String error,
      Supplier<Attributes> attributes) {
    this.origin = origin;
    this.context = context;
    this.parent = parent;
    this.name = name;
    this.kind = kind;
    this.startEpochNanos = times.start();
    this.endEpochNanos = times.end();
    this.error = error;
    this.attributes = attributes;
  }

  @Override
  public SpanData toSpanData() {
    return this;
  }

  @Override
  public Attributes getAttributes() {
    Attributes ready = known;
    if (ready == null) {
      ready = attributes.get();
      known = ready;
    }
    return ready;
  }

  @Override
  public <T> @Nullable T getAttribute(AttributeKey<T> key) {
    return getAttributes().get(key);
  }

  @Override
  public int getTotalAttributeCount() {
    return getAttributes().size();
  }

  @Override
  public StatusData getStatus() {
    return error == null ? StatusData.unset() : StatusData.create(StatusCode.ERROR, error);
  }

  @Override
  public SpanContext getSpanContext() {
    return context;
  }

  @Override
  public SpanContext getParentSpanContext() {
    return parent;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public SpanKind getKind() {
    return kind;
  }

  @Override
  public long getStartEpochNanos() {
    return startEpochNanos;
  }

  @Override
  public long getEndEpochNanos() {
    return endEpochNanos;
  }

  @Override
  public long getLatencyNanos() {
    return endEpochNanos - startEpochNanos;
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  @Override
  public List<EventData> getEvents() {
    return List.of();
  }

  @Override
  public int getTotalRecordedEvents() {
    return 0;
  }

  @Override
  public List<LinkData> getLinks() {
    return List.of();
  }

  @Override
  public int getTotalRecordedLinks() {
    return 0;
  }

  @Override
  public Resource getResource() {
    return origin.resource();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return origin.scope();
  }

  /** What the library asked for before there were scopes. */
  @Override
  @Deprecated
  public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create(
        origin.scope().getName(), origin.scope().getVersion());
  }
}
