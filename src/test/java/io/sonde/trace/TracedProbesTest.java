package io.sonde.trace;

import static io.sonde.trace.TraceRig.named;
import static io.sonde.trace.TraceRig.names;
import static io.sonde.trace.TraceRig.sampled;
import static io.sonde.trace.TraceRig.sent;
import static io.sonde.trace.TraceRig.traceparent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.SeenSpan;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TlsServer;
import io.sonde.testkit.WebsocketPeer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real probes of a real daemon, whose spans a real receiver gets. */
class TracedProbesTest {
  private static final byte[] SERVING =
      Http2Peer.all(
          Http2Peer.headers(0, ":status", "200", "content-type", "application/grpc"),
          Http2Peer.data(0, new byte[] {0, 0, 0, 0, 2, 8, 1}),
          Http2Peer.headers(Http2Peer.END_STREAM, "grpc-status", "0"));

  @TempDir private static Path folder;

  private static TraceRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new TraceRig(folder);
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void aProbeWithARedirectIsATreeOfSpans() throws Exception {
    String traceId = "0af7651916cd43dd8448eb211c80319c";
    try (Peer peer = Peer.listening()) {
      HttpPeer.answers(peer, HttpPeer.redirect(302, "/there?page=2&token=PLANTED"));
      HttpPeer.answers(peer.thenOnNextConnection(), HttpPeer.ok("here"));
      rig.probe("web", peer.address(), sampled(traceId));
      List<SeenSpan> spans = rig.receiver.awaitTrace("web");
      assertEquals(
          "probe web GET GET resolve connect processing transfer connect"
              + " processing transfer check",
          names(spans));
      SeenSpan root = spans.get(0);
      assertEquals(traceId, root.traceId());
      assertEquals(TraceRig.CALLER, root.parentId());
      assertEquals("a=1", root.state());
      assertEquals("", root.error());
      assertEquals(peer.address(), root.attribute("sonde.target"));
      assertIsRequest(spans.get(1), root, peer.connection(0).received(), "302");
      assertIsRequest(spans.get(2), root, peer.connection(1).received(), "200");
      assertEquals("1", spans.get(2).attribute("http.request.resend_count"));
      assertEquals(
          "http://" + peer.address() + "/there?page=2&token=<secret>",
          spans.get(2).attribute("url.full"));
      assertFalse(rig.receiver.text().contains("PLANTED"));
    }
  }

  private static void assertIsRequest(SeenSpan span, SeenSpan probe, String head, String status) {
    assertEquals(traceparent(span), sent(head, "traceparent"));
    assertEquals("a=1", sent(head, "tracestate"));
    assertEquals(probe.id(), span.parentId());
    assertEquals(SpanKind.SPAN_KIND_CLIENT, span.kind());
    assertEquals(status, span.attribute("http.response.status_code"));
    assertEquals("http", span.attribute("network.protocol.name"));
    assertEquals("1.1", span.attribute("network.protocol.version"));
    assertEquals("127.0.0.1", span.attribute("server.address"));
    assertEquals("127.0.0.1", span.attribute("network.peer.address"));
    assertTrue(probe.startNanos() <= span.startNanos());
    assertTrue(span.startNanos() <= span.endNanos());
    assertTrue(span.endNanos() <= probe.endNanos());
  }

  @Test
  void aTlsProbeTellsOfItsHandshake() throws Exception {
    try (TlsServer server = TlsServer.of(TestCa.root("root").server("localhost"))) {
      rig.probe("secure", "https://" + server.address());
      List<SeenSpan> spans = rig.receiver.awaitTrace("secure");
      SeenSpan tls = named(spans, "tls");
      assertEquals("1.3", tls.attribute("tls.protocol.version"));
      assertFalse(tls.attribute("tls.cipher").isEmpty());
      assertEquals(named(spans, "GET").id(), tls.parentId());
      assertEquals("", spans.get(0).parentId());
    }
  }

  @Test
  void aDnsProbeHasItsPhasesBelowItself() throws Exception {
    try (DnsPeer server = DnsPeer.listening().on("example.com.", DnsPeer.addresses("192.0.2.1"))) {
      String answer = rig.probe("dns", "127.0.0.1:" + server.port());
      assertTrue(answer.contains("probe_success 1"), answer);
      List<SeenSpan> spans = rig.receiver.awaitTrace("dns");
      SeenSpan root = spans.get(0);
      assertEquals("dns", root.attribute("sonde.prober"));
      assertEquals(String.valueOf(server.port()), root.attribute("network.peer.port"));
      assertTrue(spans.stream().skip(1).allMatch(span -> span.parentId().equals(root.id())));
      assertEquals("sonde", root.resource().get("service.name"));
      assertEquals("north", root.resource().get("zone"));
      assertEquals(List.of("a b"), rig.receiver.headers().get("X-tenant"));
    }
  }

  @Test
  void aFailureIsToldInWordsAndWhereItHappened() throws Exception {
    try (DeadEnd nobody = DeadEnd.refusing()) {
      rig.probe("tcp", nobody.address());
      List<SeenSpan> spans = rig.receiver.awaitTrace("tcp");
      SeenSpan root = spans.get(0);
      SeenSpan connect = named(spans, "connect");
      assertEquals("refused", connect.attribute("error.type"));
      assertEquals("refused", root.attribute("error.type"));
      assertEquals("connect", root.attribute("sonde.phase"));
      assertFalse(connect.error().isEmpty());
      assertEquals(connect.error(), root.error());
      assertEquals("", named(spans, "resolve").error());
      String keys = " trace_id=" + root.traceId() + " span_id=" + root.id();
      assertTrue(rig.sonde.log().contains(keys), rig.sonde.log());
    }
  }

  @Test
  void aGrpcServerIsToldOfTheTrace() throws Exception {
    try (Peer peer = Peer.listening()) {
      peer.does(Http2Peer::readRequest).sends(Http2Peer.settings()).sends(SERVING);
      String answer = rig.probe("grpc", peer.address());
      assertTrue(answer.contains("probe_success 1"), answer);
      SeenSpan call = named(rig.receiver.awaitTrace("grpc"), "grpc.health.v1.Health/Check");
      assertEquals("0", call.attribute("rpc.grpc.status_code"));
      String fields = String.join("\n", Http2Peer.request(peer.connection(0)).fields());
      assertTrue(fields.contains("traceparent") && fields.contains(traceparent(call)), fields);
    }
  }

  @Test
  void aWebsocketServerIsToldOfTheTrace() throws Exception {
    try (Peer peer = Peer.listening()) {
      WebsocketPeer.accepts(peer).staysSilent();
      String answer = rig.probe("ws", "ws://" + peer.address());
      assertTrue(answer.contains("probe_success 1"), answer);
      SeenSpan handshake = named(rig.receiver.awaitTrace("ws"), "GET");
      assertEquals(traceparent(handshake), sent(peer.connection(0).received(), "traceparent"));
      assertEquals("101", handshake.attribute("http.response.status_code"));
      assertEquals(String.valueOf(peer.port()), handshake.attribute("server.port"));
    }
  }

  @Test
  void aCallerWhoDoesNotSampleHasNoSpans() throws Exception {
    String dropped = "1".repeat(32);
    String kept = "2".repeat(32);
    try (Peer peer = HttpPeer.answering(HttpPeer.ok(""));
        Peer other = HttpPeer.answering(HttpPeer.ok(""))) {
      rig.probe("dropped", peer.address(), "00-" + dropped + '-' + TraceRig.CALLER + "-00");
      String seen = sent(peer.connection(0).received(), "traceparent");
      assertTrue(seen.matches("00-" + dropped + "-[0-9a-f]{16}-00"), seen);
      rig.probe("plain", other.address(), sampled(kept));
      rig.receiver.await(span -> span.traceId().equals(kept));
      assertFalse(other.connection(0).received().contains("traceparent"));
      assertTrue(rig.receiver.spans().stream().noneMatch(s -> s.traceId().equals(dropped)));
    }
  }

  @Test
  void theHistogramPointsToTracesInOpenMetricsOnly() throws Exception {
    String traceId = "3".repeat(32);
    try (Peer peer = HttpPeer.answering(HttpPeer.ok(""))) {
      String answer = rig.probe("plain", peer.address(), sampled(traceId));
      assertFalse(answer.contains(traceId), answer);
    }
    Map<String, String> wanted = Map.of("Accept", "application/openmetrics-text;version=1.0.0");
    String metrics = rig.sonde.answer("/metrics", wanted).body();
    Pattern exemplar =
        Pattern.compile(
            "sonde_probe_duration_seconds_bucket\\{.*module=\"plain\".*\\} \\d+ # "
                + "\\{span_id=\"[0-9a-f]{16}\",trace_id=\"[0-9a-f]{32}\"\\} [0-9.e-]+ [0-9.]+\n");
    assertTrue(exemplar.matcher(metrics).find(), metrics);
    assertTrue(metrics.contains(traceId), metrics);
    assertTrue(metrics.contains("sonde_trace_spans_dropped_total{reason=\"queue_full\"} 0"));
    assertFalse(rig.sonde.get("/metrics").contains(traceId));
  }
}
