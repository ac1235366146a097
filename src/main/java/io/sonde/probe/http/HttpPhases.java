package io.sonde.probe.http;

import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.Samples;
import io.sonde.probe.Span;
import io.sonde.probe.Trail;
import java.util.List;

/**
 * Where the time of some hops went, in nanoseconds, as {@code probe_http_duration_seconds} counts
 * it: a hop that never got a usable connection adds nothing to {@code connect} and {@code tls}, one
 * without any byte of an answer nothing to {@code processing}, and only the final response is
 * transferred.
 */
final class HttpPhases {
  private static final int NO_HOP = -1;

  private long resolve;
  private long connect;
  private long tls;
  private long processing;
  private long transfer;
  private boolean resolved;
  private boolean targetResolved;

  private HttpPhases() {}

  /**
   * Of all hops.
   *
   * @param finalHop that of the final response, negative if there is none
   * @param resolving whether the first lookup was that of the target; a further one of the same
   *     hop, as of the name of a proxy, does not count
   */
  static HttpPhases ofAll(List<Span> spans, int finalHop, boolean resolving) {
    HttpPhases phases = new HttpPhases();
    phases.targetResolved = !resolving;
    for (Span span : spans) {
      phases.add(span, spans, finalHop);
    }
    return phases;
  }

  /** Notes each hop for the debug page. */
  static void note(List<Span> spans, int finalHop, boolean resolving, Trail trail) {
    int hop = NO_HOP;
    for (Span span : spans) {
      if (span.hop() != hop) {
        hop = span.hop();
        ofOne(spans, hop, finalHop, resolving).note(hop, trail);
      }
    }
  }

  /** Sets the series: that of name resolution if there was any, the others if asked for. */
  void writeTo(Samples samples, boolean sending) {
    if (resolved) {
      set(samples, Phase.RESOLVE, resolve);
    }
    if (sending) {
      set(samples, Phase.CONNECT, connect);
      set(samples, Phase.TLS, tls);
      set(samples, Phase.PROCESSING, processing);
      set(samples, Phase.TRANSFER, transfer);
    }
  }

  private static HttpPhases ofOne(List<Span> spans, int hop, int finalHop, boolean resolving) {
    HttpPhases phases = new HttpPhases();
    phases.targetResolved = !resolving;
    for (Span span : spans) {
      if (span.hop() == hop) {
        phases.add(span, spans, finalHop);
      }
    }
    return phases;
  }

  private void add(Span span, List<Span> spans, int finalHop) {
    // After a redirect there is a lookup in the series, be it one of no time, because a proxy did
    // it.
    resolved |= span.hop() > 0;
    switch (span.phase()) {
      case RESOLVE -> addLookup(span);
      case PROXY -> connect += isPartOfConnect(span, spans) ? span.nanos() : 0;
      case CONNECT -> connect += wasUsable(spans, span.hop()) ? span.nanos() : 0;
      case TLS -> tls += wasUsable(spans, span.hop()) ? span.nanos() : 0;
      case PROCESSING -> processing += span.completed() ? span.nanos() : 0;
      case TRANSFER -> transfer += span.hop() == finalHop ? span.nanos() : 0;
      default -> {}
    }
  }

  private void addLookup(Span span) {
    if (span.hop() > 0 || !targetResolved) {
      resolved = true;
      resolve += span.nanos();
    }
    targetResolved = true;
  }

  /** A connection without TLS counts as connected when a request can be sent. */
  private static boolean isPartOfConnect(Span span, List<Span> spans) {
    boolean secure = spans.stream().anyMatch(s -> s.phase() == Phase.TLS && s.hop() == span.hop());
    return !secure && wasUsable(spans, span.hop());
  }

  private static boolean wasUsable(List<Span> spans, int hop) {
    for (Span span : spans) {
      if (span.phase() == Phase.PROCESSING && span.hop() == hop) {
        return true;
      }
    }
    return false;
  }

  private void note(int hop, Trail trail) {
    trail.debug(
        "Response timings for roundtrip",
        "roundtrip",
        hop,
        "resolve",
        resolve / 1e9,
        "connect",
        connect / 1e9,
        "tls",
        tls / 1e9,
        "processing",
        processing / 1e9,
        "transfer",
        transfer / 1e9);
  }

  private static void set(Samples samples, Phase phase, long nanos) {
    samples.set(Metric.PROBE_HTTP_DURATION_SECONDS, phase.label(), nanos / 1e9);
  }
}
