package io.sonde.probe.icmp;

import io.sonde.net.icmp.EchoReply;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRun;
import org.jspecify.annotations.Nullable;

/** What one icmp probe has seen so far, written as series when the run ends, however it ends. */
final class IcmpMetrics {
  private final ProbeRun run;
  private @Nullable EchoReply reply;

  private IcmpMetrics(ProbeRun run) {
    this.run = run;
  }

  /** Metrics that write themselves when {@code run} ends. */
  static IcmpMetrics of(ProbeRun run) {
    IcmpMetrics metrics = new IcmpMetrics(run);
    run.onSettle(metrics::write);
    return metrics;
  }

  /** The reply came. */
  void answered(EchoReply got) {
    reply = got;
  }

  private void write() {
    duration("resolve", Phase.RESOLVE);
    duration("setup", Phase.SETUP);
    duration("rtt", Phase.PROCESSING);
    if (reply != null && reply.hopLimit() >= 0) {
      run.samples().set(Metric.PROBE_ICMP_REPLY_HOP_LIMIT, reply.hopLimit());
    }
  }

  private void duration(String name, Phase phase) {
    double seconds = run.timeline().completedNanos(phase) / 1e9;
    run.samples().set(Metric.PROBE_ICMP_DURATION_SECONDS, name, seconds);
  }
}
