package io.sonde.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.Fact;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Product;
import io.sonde.probe.Span;
import io.sonde.probe.TraceContext;
import io.sonde.trace.ProbeSpan.Origin;
import io.sonde.trace.ProbeSpan.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of what a probe has recorded: one of the probe, below it one of each request that
 * carried its trace or could have, below that one of each phase; without requests the phases stand
 * below the probe.
 */
final class SpanTrees {
  static final String SCOPE = "io.sonde";

  /** Phases are numbered from here, requests from 0. */
  private static final int FIRST_PHASE = 1_000;

  private final Origin origin;

  private SpanTrees(Origin origin) {
    this.origin = origin;
  }

  /** Spans of a service that describes itself so. */
  static SpanTrees of(Map<String, String> resource) {
    AttributesBuilder attributes = Attributes.builder();
    attributes.put("service.version", Product.VERSION);
    resource.forEach(attributes::put);
    InstrumentationScopeInfo scope =
        InstrumentationScopeInfo.builder(SCOPE).setVersion(Product.VERSION).build();
    return new SpanTrees(
        new Origin(Resource.getDefault().merge(Resource.create(attributes.build())), scope));
  }

  /** What the span of a probe is called. */
  static String name(ModuleConfig module) {
    return "probe " + module.name();
  }

  /** The caller's span. */
  static SpanContext caller(TraceContext received) {
    return SpanContext.createFromRemoteParent(
        received.traceId(),
        received.spanId(),
        received.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        state(received.state()));
  }

  /** The spans of a probe that has ended, its own first. */
  List<ProbeSpan> of(ProbeResult result, TraceContext trace) {
    TraceState state = state(trace.state());
    SeenProbe seen = SeenProbe.of(result);
    SpanContext probe = context(trace, trace.spanId(), state);
    String parentId = trace.parentId();
    SpanContext parent =
        parentId == null
            ? SpanContext.getInvalid()
            : SpanContext.createFromRemoteParent(
                trace.traceId(), parentId, TraceFlags.getSampled(), state);
    long endNanos = result.startNanos() + result.duration().toNanos();
    List<ProbeSpan> spans = new ArrayList<>(result.spans().size() + 3);
    spans.add(
        new ProbeSpan(
            origin,
            probe,
            parent,
            name(result.request().module()),
            SpanKind.INTERNAL,
            seen.times(result.startNanos(), endNanos),
            seen.error(),
            () -> SpanAttributes.probe(seen)));
    Map<Integer, SpanContext> hops = addHops(result, trace, state, probe, seen, spans);
    int number = FIRST_PHASE;
    for (Span phase : result.spans()) {
      spans.add(
          span(
              context(trace, trace.childId(number++), state),
              hops.getOrDefault(phase.hop(), probe),
              phase.phase().label(),
              SpanKind.INTERNAL,
              seen.times(phase.startNanos(), phase.endNanos()),
              seen.error(phase),
              () -> SpanAttributes.phase(seen, phase)));
    }
    return spans;
  }

  private Map<Integer, SpanContext> addHops(
      ProbeResult result,
      TraceContext trace,
      TraceState state,
      SpanContext probe,
      SeenProbe seen,
      List<ProbeSpan> spans) {
    Map<Integer, SpanContext> hops = new HashMap<>();
    for (Fact fact : result.facts()) {
      Times times = fact instanceof Fact.Request ? seen.timesOfHop(fact.hop()) : null;
      if (times != null && fact instanceof Fact.Request request && !hops.containsKey(fact.hop())) {
        SpanContext hop = context(trace, trace.childId(fact.hop()), state);
        hops.put(fact.hop(), hop);
        spans.add(
            span(
                hop,
                probe,
                SpanAttributes.nameOf(seen, request),
                SpanKind.CLIENT,
                times,
                seen.errorOfHop(fact.hop()),
                () -> SpanAttributes.request(seen, request)));
      }
    }
    return hops;
  }

  private ProbeSpan span(
      SpanContext context,
      SpanContext parent,
      String name,
      SpanKind kind,
      Times times,
      @Nullable String error,
      Supplier<Attributes> attributes) {
    return new ProbeSpan(origin, context, parent, name, kind, times, error, attributes);
  }

  private static SpanContext context(TraceContext trace, String spanId, TraceState state) {
    return SpanContext.create(trace.traceId(), spanId, TraceFlags.getSampled(), state);
  }

  /** Of {@code a=b,c=d}, whose syntax was checked when it came. */
  private static TraceState state(String text) {
    if (text.isEmpty()) {
      return TraceState.getDefault();
    }
    TraceStateBuilder state = TraceState.builder();
    String[] members = text.split(",", -1);
    // The builder puts each in front of those before.
    for (int i = members.length - 1; i >= 0; i--) {
      String member = members[i].strip();
      int equals = member.indexOf('=');
      if (equals > 0) {
        state.put(member.substring(0, equals), member.substring(equals + 1));
      }
    }
    return state.build();
  }
}
