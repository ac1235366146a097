package io.sonde.testkit;

import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.Fact;
import io.sonde.probe.Metric;
import io.sonde.probe.PeerCertificate;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Sample;
import io.sonde.probe.Span;
import io.sonde.probe.Trail;
import io.sonde.probe.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Results of probes that never happened, with times that never change. */
public final class Results {
  public static final Instant START = Instant.parse("2026-11-21T12:00:00.250Z");

  private static final long START_NANOS = 1_000_000_000L;
  private static final InetSocketAddress REMOTE = remote();

  private Results() {}

  /** A redirect, then an answer. */
  public static ProbeResult passed() {
    return result(
        "http://u:<secret>@good.example/old",
        Verdict.PASSED,
        100,
        List.of(
            span(Phase.RESOLVE, 0, 0, 5, true),
            span(Phase.CONNECT, 0, 5, 10, true),
            span(Phase.PROCESSING, 0, 10, 50, true),
            span(Phase.CONNECT, 1, 50, 55, true),
            span(Phase.PROCESSING, 1, 55, 95, true),
            span(Phase.TRANSFER, 1, 95, 100, true)),
        List.of(
            new Fact.Request(0, "GET", "http://good.example/old"),
            new Fact.Address(0, REMOTE),
            new Fact.Response(0, "HTTP/1.1", 301, "Moved Permanently"),
            new Fact.Redirect(0, "/new", true),
            new Fact.Request(1, "GET", "http://good.example/new"),
            new Fact.Address(1, REMOTE),
            new Fact.Response(1, "HTTP/1.1", 200, "OK")),
        List.of(
            new Trail.Entry(START_NANOS, Trail.Level.DEBUG, "Beginning probe", List.of()),
            new Trail.Entry(
                START_NANOS + 50_000_000,
                Trail.Level.INFO,
                "Received redirect",
                List.of("location", "/new"))));
  }

  /** A certificate that is over, from a peer that would like to be more than text. */
  public static ProbeResult expired() {
    return result(
        "https://old.example",
        Verdict.failed(Phase.TLS, Reason.CERT_EXPIRED, "certificate expired 3 days ago"),
        40,
        List.of(span(Phase.CONNECT, 0, 10, 20, true), span(Phase.TLS, 0, 20, 40, false)),
        List.of(
            new Fact.Request(0, "GET", "https://old.example"),
            new Fact.Address(0, REMOTE),
            new Fact.Certificates(
                0,
                List.of(
                    certificate("CN=old\u001b[31m.example", "2026-11-18T12:00:00Z"),
                    certificate("CN=Soon", "2026-11-25T12:00:00Z")))),
        List.of(
            new Trail.Entry(
                START_NANOS + 40_000_000,
                Trail.Level.ERROR,
                "Error for HTTP request",
                List.of("err", "certificate expired 3 days ago")),
            new Trail.Entry(
                START_NANOS + 40_000_000,
                Trail.Level.WARN,
                "Something\u202e odd",
                List.of("seen", "a b", "n", 1.5))));
  }

  private static ProbeResult result(
      String target,
      Verdict verdict,
      int millis,
      List<Span> spans,
      List<Fact> facts,
      List<Trail.Entry> trail) {
    ModuleConfig module = ModuleConfig.of("web", Duration.ZERO, HttpSpec.DEFAULT);
    return new ProbeResult(
        0,
        new ProbeRequest(module, target, null, Duration.ofSeconds(5)),
        verdict,
        false,
        START,
        START_NANOS,
        Duration.ofMillis(millis),
        spans,
        List.of(new Sample(Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH, List.of(), List.of(), 1234)),
        facts,
        trail);
  }

  private static Span span(Phase phase, int hop, int fromMillis, int toMillis, boolean completed) {
    return new Span(
        phase,
        hop,
        START_NANOS + fromMillis * 1_000_000L,
        START_NANOS + toMillis * 1_000_000L,
        completed);
  }

  private static PeerCertificate certificate(String subject, String notAfter) {
    return new PeerCertificate(
        subject,
        "CN=Root",
        Instant.parse("2025-01-01T00:00:00Z"),
        Instant.parse(notAfter),
        "01",
        "00ff",
        List.of("old.example"),
        List.of("192.0.2.1"));
  }

  private static InetSocketAddress remote() {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 80);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
