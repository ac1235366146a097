package io.sonde.net.http;

import io.sonde.probe.ProbeRequest;
import io.sonde.probe.TraceContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The header lines by which a request says which trace it belongs to (W3C Recommendation Trace
 * Context, level 1); sent by modules that are told to.
 */
public final class TraceLines {
  private TraceLines() {}

  /**
   * The lines of one request of a probe; none if its module does not send them.
   *
   * @param hop which request of a chain of redirects, from 0
   * @param trusted whether it goes to the host that the target names: what tracing systems told
   *     each other is nothing for others
   */
  public static List<HeaderLine> of(ProbeRequest request, int hop, boolean trusted) {
    TraceContext trace = request.trace();
    if (trace == null || !request.module().traceContext()) {
      return List.of();
    }
    List<HeaderLine> lines = new ArrayList<>(2);
    lines.add(new HeaderLine("traceparent", trace.traceparent(hop)));
    if (trusted && !trace.state().isEmpty()) {
      lines.add(new HeaderLine("tracestate", trace.state()));
    }
    return lines;
  }
}
