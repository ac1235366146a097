package io.sonde.probe.websocket;

import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Samples;
import io.sonde.probe.Span;

/** What one websocket probe has seen so far, written as series when the run ends, however. */
final class WebsocketMetrics {
  private final ProbeRun run;
  private final boolean talks;
  private boolean resolved;
  private boolean dialled;
  private int status;
  private boolean upgraded;
  private long upgradedAtNanos = Long.MAX_VALUE;
  private boolean talked;

  private WebsocketMetrics(ProbeRun run, boolean talks) {
    this.run = run;
    this.talks = talks;
  }

  /**
   * Metrics that write themselves when {@code run} ends.
   *
   * @param talks whether there will be a dialogue
   */
  static WebsocketMetrics of(ProbeRun run, boolean talks) {
    WebsocketMetrics metrics = new WebsocketMetrics(run, talks);
    run.onSettle(metrics::write);
    return metrics;
  }

  /** There is an address. */
  void resolved() {
    resolved = true;
  }

  /** The connection is about to be opened. */
  void dialling() {
    dialled = true;
  }

  /** The server has answered the handshake. */
  void answered(int httpStatus) {
    status = httpStatus;
  }

  /** The server has agreed. */
  void upgraded(long atNanos) {
    upgraded = true;
    upgradedAtNanos = atNanos;
  }

  /** All that was to be said has been said. */
  void talked() {
    talked = true;
  }

  private void write() {
    Samples samples = run.samples();
    samples.set(Metric.PROBE_WEBSOCKET_STATUS_CODE, status);
    samples.set(Metric.PROBE_WEBSOCKET_CONNECTION_UPGRADED, upgraded ? 1 : 0);
    samples.set(Metric.PROBE_WEBSOCKET_FAILED_DUE_TO_REGEX, upgraded && !talked ? 1 : 0);
    if (resolved) {
      writeDurations();
    }
  }

  private void writeDurations() {
    long resolve = -1;
    long connect = -1;
    long processing = 0;
    long transfer = 0;
    for (Span span : run.timeline().spans()) {
      switch (span.phase()) {
        case SETUP, AUTH, CHECK -> {}
        case CONNECT -> {
          connect = span.completed() ? Math.max(0, connect) + span.nanos() : connect;
          processing += span.completed() ? 0 : span.nanos();
        }
        case RESOLVE -> {
          // A second one is of the name of a proxy.
          processing += resolve < 0 ? 0 : span.nanos();
          resolve = resolve < 0 ? span.nanos() : resolve;
        }
        default -> {
          long rest = Math.min(span.nanos(), Math.max(0, span.endNanos() - upgradedAtNanos));
          processing += span.nanos() - rest;
          transfer += rest;
        }
      }
    }
    duration(Phase.RESOLVE, resolve);
    duration(Phase.CONNECT, connect);
    duration(Phase.PROCESSING, dialled ? processing : -1);
    duration(Phase.TRANSFER, upgraded && talks ? transfer : -1);
  }

  private void duration(Phase phase, long nanos) {
    if (nanos >= 0) {
      run.samples().set(Metric.PROBE_WEBSOCKET_DURATION_SECONDS, phase.label(), nanos / 1e9);
    }
  }
}
