package io.sonde.page;

import io.sonde.page.LinkTemplate.Placeholder;
import io.sonde.probe.Failure;
import io.sonde.probe.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where else a probe or a target can be looked at.
 *
 * @param log where its log records are, or null
 * @param trace where its trace is, or null
 * @param dashboard where its history is, or null
 */
public record LinksOut(
    @Nullable LinkTemplate log, @Nullable LinkTemplate trace, @Nullable LinkTemplate dashboard) {
  /** Nowhere. */
  public static final LinksOut NONE = new LinksOut(null, null, null);

  /** How far around a probe there may be something to see. */
  private static final Duration AROUND_PROBE = Duration.ofMinutes(5);

  private static final Duration AROUND_TARGET = Duration.ofHours(1);

  /** A link and what it is called. */
  record Named(String name, Link link) {}

  /** Those of a probe. */
  List<Named> of(ProbeResult result) {
    Map<Placeholder, String> values =
        values(result.request().module().name(), result.request().target());
    Failure failure = result.verdict().failure();
    values.put(Placeholder.PROBE_ID, Long.toString(result.id()));
    values.put(Placeholder.PHASE, failure == null ? "" : failure.phase().label());
    values.put(Placeholder.REASON, failure == null ? "" : failure.reason().label());
    String trace = result.traceId();
    if (trace != null) {
      values.put(Placeholder.TRACE_ID, trace);
    }
    putTimes(
        values,
        result.startedAt().minus(AROUND_PROBE),
        result.startedAt().plus(result.duration()).plus(AROUND_PROBE));
    return fill(values);
  }

  /** Those of a target, whose first and last known probes began then. */
  List<Named> of(String module, String target, Instant first, Instant last) {
    Map<Placeholder, String> values = values(module, target);
    Instant start = first.isAfter(last.minus(AROUND_TARGET)) ? last.minus(AROUND_TARGET) : first;
    putTimes(values, start, last.plus(AROUND_PROBE));
    return fill(values);
  }

  private static Map<Placeholder, String> values(String module, String target) {
    Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
    values.put(Placeholder.MODULE, module);
    values.put(Placeholder.TARGET, target);
    return values;
  }

  private static void putTimes(Map<Placeholder, String> values, Instant from, Instant to) {
    values.put(Placeholder.FROM, Long.toString(from.toEpochMilli()));
    values.put(Placeholder.TO, Long.toString(to.toEpochMilli()));
    values.put(Placeholder.FROM_ISO, from.truncatedTo(ChronoUnit.SECONDS).toString());
    values.put(Placeholder.TO_ISO, to.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private List<Named> fill(Map<Placeholder, String> values) {
    List<Named> links = new ArrayList<>();
    add(links, "Log", log, values);
    add(links, "Trace", trace, values);
    add(links, "Dashboard", dashboard, values);
    return links;
  }

  private static void add(
      List<Named> to,
      String name,
      @Nullable LinkTemplate template,
      Map<Placeholder, String> values) {
    LinkTemplate.Filled filled = template == null ? null : template.fill(values);
    if (filled != null) {
      to.add(new Named(name, Link.out(filled)));
    }
  }
}
