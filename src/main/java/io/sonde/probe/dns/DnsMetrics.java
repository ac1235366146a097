package io.sonde.probe.dns;

import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Samples;
import io.sonde.probe.Span;
import org.jspecify.annotations.Nullable;

/** What one dns probe has seen so far, written as series when the run ends, however it ends. */
final class DnsMetrics {
  private final ProbeRun run;
  private final boolean asksForSerial;
  private @Nullable DnsMessage message;

  private DnsMetrics(ProbeRun run, boolean asksForSerial) {
    this.run = run;
    this.asksForSerial = asksForSerial;
  }

  /**
   * Metrics that write themselves when {@code run} ends.
   *
   * @param asksForSerial whether the question is for a SOA record
   */
  static DnsMetrics of(ProbeRun run, boolean asksForSerial) {
    DnsMetrics metrics = new DnsMetrics(run, asksForSerial);
    run.onSettle(metrics::write);
    return metrics;
  }

  /** The answer came, whatever it is worth. */
  void answered(DnsMessage answer) {
    message = answer;
  }

  private void write() {
    Samples samples = run.samples();
    DnsMessage seen = message;
    samples.set(Metric.PROBE_DNS_ANSWER_RRS, seen == null ? 0 : seen.answer().size());
    samples.set(Metric.PROBE_DNS_AUTHORITY_RRS, seen == null ? 0 : seen.authority().size());
    samples.set(Metric.PROBE_DNS_ADDITIONAL_RRS, seen == null ? 0 : seen.additional().size());
    samples.set(Metric.PROBE_DNS_QUERY_SUCCEEDED, seen == null ? 0 : 1);
    if (seen != null && asksForSerial) {
      samples.set(Metric.PROBE_DNS_SERIAL, (double) seen.serial());
    }
    duration("resolve", run.timeline().completedNanos(Phase.RESOLVE));
    duration("connect", nanos(Phase.CONNECT) + nanos(Phase.TLS));
    duration("request", nanos(Phase.PROCESSING));
  }

  private long nanos(Phase phase) {
    long sum = 0;
    for (Span span : run.timeline().spans()) {
      sum += span.phase() == phase ? span.nanos() : 0;
    }
    return sum;
  }

  private void duration(String phase, long nanos) {
    run.samples().set(Metric.PROBE_DNS_DURATION_SECONDS, phase, nanos / 1e9);
  }
}
