package io.sonde.probe.grpc;

import io.sonde.net.http.StreamReset;
import io.sonde.net.tls.PeerChain;
import io.sonde.net.tls.TlsMetrics;
import io.sonde.net.tls.TlsSession;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Samples;
import io.sonde.probe.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one grpc probe has seen so far, written as series when the run ends, however it ends. */
final class GrpcMetrics {
  private static final Set<Phase> OF_CALL =
      EnumSet.of(Phase.CONNECT, Phase.TLS, Phase.PROCESSING, Phase.TRANSFER);

  private final ProbeRun run;
  private boolean attempted;
  private boolean connected;
  private boolean secured;
  private @Nullable GrpcAnswer answer;

  private GrpcMetrics(ProbeRun run) {
    this.run = run;
  }

  /** Metrics that write themselves when {@code run} ends. */
  static GrpcMetrics of(ProbeRun run) {
    GrpcMetrics metrics = new GrpcMetrics(run);
    run.onSettle(metrics::write);
    return metrics;
  }

  /** A call is about to be made, which begins with a connection. */
  void attempting() {
    attempted = true;
  }

  /** The server has shown its certificates. */
  void presented(PeerChain chain) {
    TlsMetrics.GRPC.presented(run.samples(), chain);
  }

  /** The TLS handshake has succeeded. */
  void established(TlsSession session) {
    secured = true;
    TlsMetrics.GRPC.established(run.samples(), session);
  }

  /** The call goes out on a connection that stands. */
  void connected() {
    connected = true;
  }

  /** The call has ended. */
  void ended(GrpcAnswer how) {
    answer = how;
  }

  /** The connection, or the stream of the call, broke, or never stood. */
  void broke(Throwable error) {
    if (attempted && answer == null) {
      answer = GrpcAnswer.of(status(error), String.valueOf(error.getMessage()));
    }
  }

  private static GrpcStatus status(Throwable error) {
    if (error.getCause() instanceof StreamReset reset) {
      return GrpcStatus.ofReset(reset.code());
    }
    return error instanceof ProbeFailure broken && broken.failure().reason() == Reason.BODY_LIMIT
        ? GrpcStatus.RESOURCE_EXHAUSTED
        : GrpcStatus.UNAVAILABLE;
  }

  private void write() {
    Samples samples = run.samples();
    GrpcAnswer seen = answer;
    samples.set(
        Metric.PROBE_GRPC_DURATION_SECONDS,
        List.of("resolve"),
        run.timeline().completedNanos(Phase.RESOLVE) / 1e9);
    samples.set(Metric.PROBE_GRPC_SSL, secured ? 1 : 0);
    samples.set(Metric.PROBE_GRPC_STATUS_CODE, seen == null ? unfinished() : seen.code());
    if (!attempted) {
      return;
    }
    samples.set(Metric.PROBE_GRPC_DURATION_SECONDS, List.of("check"), callNanos() / 1e9);
    for (int serving = 0; serving < GrpcAnswer.SERVING_COUNT; serving++) {
      serving(serving, 0);
    }
    if (seen != null && seen.isOk()) {
      serving(seen.serving(), 1);
    }
  }

  /** The code of a call that the deadline, or a broken connection, cut short. */
  private int unfinished() {
    if (!attempted) {
      return GrpcStatus.OK.code();
    }
    return (connected ? GrpcStatus.DEADLINE_EXCEEDED : GrpcStatus.UNAVAILABLE).code();
  }

  private void serving(int serving, double value) {
    run.samples()
        .set(
            Metric.PROBE_GRPC_HEALTHCHECK_RESPONSE,
            List.of(GrpcAnswer.servingText(serving)),
            value);
  }

  private long callNanos() {
    long sum = 0;
    for (Span span : run.timeline().spans()) {
      sum += OF_CALL.contains(span.phase()) ? span.nanos() : 0;
    }
    return sum;
  }
}
