package io.sonde.probe.grpc;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.AUTH;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.SERVING_STATUS;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.GrpcSpec;
import io.sonde.config.IpPreference;
import io.sonde.config.ProbeSpec;
import io.sonde.config.TlsSpec;
import io.sonde.net.http.BodyMemory;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcProberTest extends ProberContract {
  static final byte[] HEAD =
      Http2Peer.headers(0, ":status", "200", "content-type", "application/grpc");
  private static final byte[] SERVING = {0, 0, 0, 0, 2, 8, 1};
  static final byte[] OK_TRAILERS = Http2Peer.headers(Http2Peer.END_STREAM, "grpc-status", "0");

  @Override
  protected ProbeSpec spec() {
    return GrpcSpec.DEFAULT;
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return bind(spec, network);
  }

  static Prober bind(ProbeSpec spec, Network network) {
    return bind(spec, network, BodyMemory.ofHeap());
  }

  static Prober bind(ProbeSpec spec, Network network, BodyMemory memory) {
    return new GrpcProber(
        (GrpcSpec) spec,
        network.addresses(),
        network.dialer(),
        network.tls(),
        memory,
        network.headers());
  }

  @Override
  protected void isGood(Peer peer) {
    answers(peer, serving(1));
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(PROCESSING, peer -> peer.does(Http2Peer::readRequest)),
        Stage.in(
            TRANSFER,
            peer -> peer.does(Http2Peer::readRequest).sends(Http2Peer.settings()).sends(HEAD)));
  }

  /** Frames of an answer with one message. */
  static byte[] serving(int status) {
    return answer(new byte[] {0, 0, 0, 0, 2, 8, (byte) status});
  }

  private static byte[] answer(byte[] body) {
    return Http2Peer.all(HEAD, Http2Peer.data(0, body), OK_TRAILERS);
  }

  private static void answers(Peer peer, byte[] frames) {
    peer.does(Http2Peer::readRequest).sends(Http2Peer.settings()).sends(frames);
  }

  private Peer answering(byte[] frames) {
    Peer peer = rig.closing(Peer.listening());
    answers(peer, frames);
    return peer;
  }

  /** The whole of an answer without a message. */
  static byte[] trailersOnly(String... fields) {
    String[] all = new String[fields.length + 4];
    all[0] = ":status";
    all[1] = "200";
    all[2] = "content-type";
    all[3] = "application/grpc";
    System.arraycopy(fields, 0, all, 4, fields.length);
    return Http2Peer.headers(Http2Peer.END_STREAM, all);
  }

  @Test
  void aServiceThatServesPasses() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROCESSING, TRANSFER, CHECK)
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_grpc_duration_seconds{phase="check"} *
            probe_grpc_duration_seconds{phase="resolve"} *
            probe_grpc_healthcheck_response{serving_status="NOT_SERVING"} 0
            probe_grpc_healthcheck_response{serving_status="SERVICE_UNKNOWN"} 0
            probe_grpc_healthcheck_response{serving_status="SERVING"} 1
            probe_grpc_healthcheck_response{serving_status="UNKNOWN"} 0
            probe_grpc_ssl 0
            probe_grpc_status_code 0
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_success 1
            probe_timeout_seconds 25
            """);
  }

  @ParameterizedTest
  @CsvSource({"0, UNKNOWN", "2, NOT_SERVING", "3, SERVICE_UNKNOWN", "77, 77"})
  void aServiceThatDoesNotServeFails(int status, String name) {
    probing(answering(serving(status)))
        .failsIn(CHECK, SERVING_STATUS)
        .saying("expected SERVING, got " + name)
        .shows(0, Metric.PROBE_GRPC_STATUS_CODE)
        .shows(1, Metric.PROBE_GRPC_HEALTHCHECK_RESPONSE, name)
        .shows(0, Metric.PROBE_GRPC_HEALTHCHECK_RESPONSE, "SERVING");
  }

  @Test
  void anEmptyMessageIsAnUnknownStatus() {
    probing(answering(answer(new byte[5]))).failsIn(CHECK, SERVING_STATUS).saying("got UNKNOWN");
  }

  @Test
  void fieldsThatNobodyKnowsArePassedOver() {
    byte[] body = {0, 0, 0, 0, 14, 0x12, 1, 'x', 0x18, 1, 0x25, 1, 2, 3, 4, 8, 1, 0x20, 5};
    probing(answering(answer(body))).passes();
  }

  @ParameterizedTest
  @CsvSource({"1, CANCELLED", "5, NOT_FOUND", "12, UNIMPLEMENTED", "14, UNAVAILABLE", "99, 99"})
  void aCallThatEndsBadlyFails(int code, String name) {
    byte[] end = trailersOnly("grpc-status", Integer.toString(code), "grpc-message", "no%20luck");
    probing(answering(end))
        .failsIn(CHECK, SERVING_STATUS)
        .saying("the health check ended with " + name + ": no%20luck")
        .shows(code, Metric.PROBE_GRPC_STATUS_CODE)
        .shows(0, Metric.PROBE_GRPC_HEALTHCHECK_RESPONSE, "SERVING");
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 16})
  void aCallThatIsNotAllowedFails(int code) {
    byte[] end = trailersOnly("grpc-status", Integer.toString(code));
    probing(answering(end)).failsIn(CHECK, AUTH).shows(code, Metric.PROBE_GRPC_STATUS_CODE);
  }

  @ParameterizedTest
  @CsvSource({"200, 2", "400, 13", "401, 16", "403, 7", "404, 12", "429, 14", "503, 14", "500, 2"})
  void anAnswerOfSomethingElseIsReadByItsHttpStatus(int http, int code) {
    byte[] answer =
        Http2Peer.headers(
            Http2Peer.END_STREAM, ":status", Integer.toString(http), "content-type", "text/html");
    Outcome outcome = probing(answering(answer)).ends();
    outcome.shows(code, Metric.PROBE_GRPC_STATUS_CODE).saying("content type \"text/html\"");
  }

  @Test
  void anAnswerThatIsNotWhatItShouldBeIsInternal() {
    byte[] shorter = {0, 0, 0, 0, 2, 8};
    byte[] compressed = {1, 0, 0, 0, 2, 8, 1};
    byte[] endless = {0, 0, 0, 0, 2, (byte) 0x88, (byte) 0x88};
    for (byte[] body : List.of(shorter, compressed, endless, new byte[0])) {
      probing(answering(answer(body)))
          .failsIn(CHECK, SERVING_STATUS)
          .shows(13, Metric.PROBE_GRPC_STATUS_CODE);
    }
    byte[] cut = Http2Peer.all(HEAD, Http2Peer.data(Http2Peer.END_STREAM, SERVING));
    probing(answering(cut)).ends().shows(13, Metric.PROBE_GRPC_STATUS_CODE);
  }

  @Test
  void aCallWhoseEndSaysNothingIsUnknown() {
    byte[] noStatus = Http2Peer.all(HEAD, Http2Peer.headers(Http2Peer.END_STREAM, "x-other", "0"));
    byte[] web =
        Http2Peer.all(
            Http2Peer.headers(0, ":status", "200", "content-type", "application/grpc-web"),
            Http2Peer.data(0, SERVING),
            OK_TRAILERS);
    for (byte[] answer : List.of(noStatus, trailersOnly("grpc-status", "zero"), web)) {
      probing(answering(answer)).ends().shows(2, Metric.PROBE_GRPC_STATUS_CODE);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 13", "2, 13", "3, 8", "7, 14", "8, 1", "11, 8", "12, 7", "13, 13", "99, 2"})
  void aResetOfTheStreamHasTheCodeThatGoesWithIt(int error, int code) {
    byte[] reset = Http2Peer.frame(Http2Peer.RST_STREAM, 0, 1, error);
    probing(answering(reset)).ends().shows(code, Metric.PROBE_GRPC_STATUS_CODE);
  }

  @Test
  void aPortThatIsNoneIsUnavailable() {
    probing("127.0.0.1:99999")
        .failsIn(SETUP, CONFIG)
        .shows(14, Metric.PROBE_GRPC_STATUS_CODE)
        .has(Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void whatSpeaksNoHttp2IsUnavailable() {
    Peer peer = rig.closing(Peer.listening());
    peer.does(Http2Peer::readRequest).sends("HTTP/1.1 400 Bad Request\r\n\r\n").closes();
    probing(peer).failsIn(PROCESSING, PROTOCOL).shows(14, Metric.PROBE_GRPC_STATUS_CODE);
  }

  @Test
  void theDeadlineIsTheCodeOfACallThatIsUnderWay() {
    Peer silent = rig.closing(Peer.listening());
    silent.staysSilent();
    probing(silent)
        .within(SOON)
        .failsIn(PROCESSING, TIMEOUT)
        .shows(4, Metric.PROBE_GRPC_STATUS_CODE)
        .has(Metric.PROBE_GRPC_HEALTHCHECK_RESPONSE);
    DeadEnd hole = rig.closing(DeadEnd.blackHole());
    probing(hole.address())
        .within(SOON)
        .failsIn(CONNECT, TIMEOUT)
        .shows(14, Metric.PROBE_GRPC_STATUS_CODE);
  }

  @Test
  void whatIsNeverAttemptedHasNoCheck() {
    probing(Network.UNKNOWN_NAME + ":80")
        .ends()
        .shows(0, Metric.PROBE_GRPC_STATUS_CODE)
        .hasNo(Metric.PROBE_GRPC_HEALTHCHECK_RESPONSE);
    probing("127.0.0.1:http").failsIn(SETUP, CONFIG).hasNo(Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void theCallNamesServiceAuthorityAndMetadata() {
    Peer peer = goodPeer();
    GrpcSpec spec =
        with(
            "shop.Cart",
            Map.of("X-Tenant", List.of("a", "b"), "raw-bin", List.of("ü"), "TE", List.of("no")));
    probing(spec, peer.address()).passes();
    String received = peer.received();
    for (String part : List.of("Health/Check", peer.address(), "application/grpc", "x-tenant")) {
      assertTrue(received.contains(part), () -> part + " in " + received);
    }
    assertTrue(received.contains("shop.Cart") && received.contains("w7w"), received);
  }

  @Test
  void metadataThatCannotBeSentFailsAndTellsNoValue() {
    for (Map<String, List<String>> metadata :
        List.of(Map.of("a b", List.of("x")), Map.of("token", List.of("se\ncret")))) {
      Outcome outcome = probing(with("", metadata), goodPeer().address()).failsIn(SETUP, CONFIG);
      outcome.saying("metadata: expected").shows(13, Metric.PROBE_GRPC_STATUS_CODE);
      assertFalse(outcome.result().verdict().toString().contains("cret"));
    }
  }

  @Test
  void anIp6LiteralNeedsItsBrackets() {
    Peer peer = rig.closing(Peer.listeningAt("::1"));
    answers(peer, serving(1));
    probing(peer.address()).passes().shows(6, Metric.PROBE_IP_PROTOCOL);
  }

  static GrpcSpec with(String service, Map<String, List<String>> metadata) {
    return new GrpcSpec(service, false, TlsSpec.DEFAULT, IpPreference.DEFAULT, metadata);
  }
}
