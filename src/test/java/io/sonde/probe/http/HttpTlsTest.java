package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CERT_EXPIRED;
import static io.sonde.probe.Reason.CERT_NAME;
import static io.sonde.probe.Reason.CERT_NOT_YET_VALID;
import static io.sonde.probe.Reason.CERT_UNTRUSTED;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.SSL;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTlsTest extends HttpClaims {
  private static final Metric[] CHAIN = {
    Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, Metric.PROBE_SSL_LAST_CHAIN_INFO
  };
  private static final Metric[] SESSION = {
    Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS,
    Metric.PROBE_TLS_VERSION_INFO,
    Metric.PROBE_TLS_CIPHER_INFO
  };

  private static final TestCa CA = TestCa.root("Test Root");
  private static final TlsSpec NAMED =
      new TlsSpec(
          Source.inline(CA.pem()),
          Source.NONE,
          Source.NONE,
          "configured.example",
          false,
          null,
          null);

  private static final TestIdentity GOOD = CA.server(Network.GOOD_NAME);

  @Test
  void aTrustedServerPassesAndShowsItsCertificate() {
    Peer peer = tlsPeer(GOOD);
    probing(trusting(), https(peer))
        .passes()
        .inPhases(RESOLVE, CONNECT, TLS, PROCESSING, TRANSFER, CHECK)
        .shows(1, Metric.PROBE_HTTP_SSL)
        .shows(200, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(1, Metric.PROBE_TLS_VERSION_INFO, "TLS 1.3")
        .shows(
            (double) GOOD.certificate().getNotAfter().toInstant().getEpochSecond(),
            Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY)
        .has(CHAIN)
        .has(SESSION);
  }

  static Stream<Arguments> badCertificates() {
    TestCa hidden = CA.intermediate("Hidden");
    return Stream.of(
        Arguments.of(
            "expired",
            CA.issue("CN=x").dns(Network.GOOD_NAME).expiredDaysAgo(1).issue(),
            CERT_EXPIRED),
        Arguments.of(
            "not yet valid",
            CA.issue("CN=x").dns(Network.GOOD_NAME).validInDays(1).issue(),
            CERT_NOT_YET_VALID),
        Arguments.of("self-signed", TestCa.root("Other").server(Network.GOOD_NAME), CERT_UNTRUSTED),
        Arguments.of(
            "incomplete chain", hidden.server(Network.GOOD_NAME).sending(), CERT_UNTRUSTED),
        Arguments.of("wrong name", CA.server("wrong.example"), CERT_NAME),
        Arguments.of("CN only", CA.issue("CN=" + Network.GOOD_NAME).issue(), CERT_NAME));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badCertificates")
  void aBadCertificateFailsAndIsShownAllTheSame(String what, TestIdentity identity, Reason reason) {
    Peer peer = tlsPeer(identity);
    Outcome outcome = probing(trusting(), https(peer)).failsIn(TLS, reason);
    outcome
        .has(CHAIN)
        .hasNo(SESSION)
        .shows(0, Metric.PROBE_HTTP_SSL)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect")
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "tls");
    assertEquals(List.of("Error for HTTP request", "Probe failed"), outcome.notes(Level.ERROR));
  }

  @Test
  void withoutVerificationAnyCertificatePasses() {
    Peer peer = tlsPeer(TestCa.root("Other").server("wrong.example"));
    TlsSpec unverified = new TlsSpec(Source.NONE, Source.NONE, Source.NONE, "", true, null, null);
    probing(http().tls(unverified), https(peer))
        .passes()
        .shows(-62_135_596_800.0, Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS);
  }

  @Test
  void plainHttpOnATlsPortIsAProtocolErrorOfTls() {
    Peer peer = rig.closing(Peer.listening()).does(c -> c.write(bytes("HTTP/1.1 400 Bad\r\n\r\n")));
    probing(trusting(), https(peer.closes())).failsIn(TLS, PROTOCOL).hasNo(CHAIN);
  }

  @Test
  void plainHttpToATlsServerIsNoHttpAnswer() {
    probing(http(), tlsPeer(GOOD)).failsIn(TRANSFER, PROTOCOL).saying("https");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resets", "closes", "silent"})
  void aPeerMayLetTheHandshakeDown(String how) {
    Peer peer = rig.closing(Peer.listening()).reads(10);
    switch (how) {
      case "resets" -> peer.resets();
      case "closes" -> peer.closes();
      default -> peer.staysSilent();
    }
    probing(trusting(), https(peer))
        .within(how.equals("silent") ? Duration.ofMillis(150) : Duration.ofSeconds(20))
        .failsIn(TLS, how.equals("silent") ? TIMEOUT : CLOSED)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect");
  }

  @Test
  void theHostHeaderNamesTheServerWithoutItsPort() {
    Peer peer = tlsPeer(CA.server("virtual.example"));
    String target = "https://127.0.0.1:" + peer.port() + "/";
    probing(trusting().header("Host", "virtual.example:8443"), target).passes();
    assertEquals("virtual.example", serverName(peer, 0));
    probing(trusting(), target).asking("virtual.example").passes();
    probing(trusting(), target).failsIn(TLS, CERT_NAME);
  }

  @Test
  void theConfiguredNameComesFirstAndStaysForTheSameHost() {
    Peer peer = rig.closing(Peer.listening());
    TestIdentity identity = CA.server("configured.example");
    peer.startsTls(identity.jdkContext());
    HttpPeer.answers(peer, HttpPeer.redirect(302, https(peer) + "again")).thenOnNextConnection();
    HttpPeer.answers(peer.startsTls(identity.jdkContext()), HttpPeer.ok("hello"));
    probing(http().tls(NAMED), https(peer)).passes();
  }

  @Test
  void anotherHostIsVerifiedByItsOwnName() {
    Peer other = tlsPeer(GOOD);
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.redirect(302, https(other))));
    probing(http().tls(NAMED), peer)
        .passes()
        .shows(1, Metric.PROBE_HTTP_SSL)
        .has(CHAIN)
        .has(SESSION);
    assertEquals(Network.GOOD_NAME, serverName(other, 0));
  }

  @Test
  void aFinalAnswerWithoutTlsShowsNoCertificate() {
    Peer plain = rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
    Peer peer = rig.closing(Peer.listening()).startsTls(GOOD.jdkContext());
    HttpPeer.answers(peer, HttpPeer.redirect(302, "http://" + plain.address() + "/"));
    probing(trusting(), https(peer))
        .passes()
        .shows(0, Metric.PROBE_HTTP_SSL)
        .hasNo(CHAIN)
        .hasNo(SESSION);
    assertEquals("(none)", HttpProberTest.header(plain.received(), "Referer"));
  }

  @Test
  void tlsMayBeForbiddenOrDemanded() {
    Outcome outcome = probing(trusting().failIfSsl(), https(tlsPeer(GOOD))).failsIn(CHECK, SSL);
    assertEquals(List.of("Final request was over SSL", "Probe failed"), outcome.notes(Level.ERROR));
    probing(trusting().failIfNotSsl(), https(tlsPeer(GOOD))).passes();
    Peer plain = rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
    outcome = probing(http().failIfNotSsl(), plain).failsIn(CHECK, SSL);
    assertEquals(
        List.of("Final request was not over SSL", "Probe failed"), outcome.notes(Level.ERROR));
  }

  @Test
  void settingsThatCannotWorkFailEvenWithoutTls(@TempDir Path folder) {
    Source missing = Source.file(folder.resolve("ca.pem").toString());
    TlsSpec spec = new TlsSpec(missing, Source.NONE, Source.NONE, "", false, null, null);
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
    Outcome outcome = probing(http().tls(spec), peer).failsIn(SETUP, CONFIG).saying("ca.pem");
    assertEquals(1, outcome.series(Metric.PROBE_HTTP_DURATION_SECONDS).size());
    assertTrue(outcome.notes(Level.ERROR).contains("Error generating HTTP client"));
    assertEquals(0, peer.connections());
  }

  @Test
  void aServerThatDiesAfterTheHandshakeStillShowsItsCertificate() {
    Peer peer =
        rig.closing(Peer.listening())
            .startsTls(GOOD.jdkContext())
            .readsUntil(END_OF_HEAD)
            .cutsOff();
    probing(trusting(), https(peer)).failsIn(PROCESSING, CLOSED).has(CHAIN).has(SESSION);
  }

  private static HttpSpecs trusting() {
    return http().trusting(CA.pem());
  }

  private Peer tlsPeer(TestIdentity identity) {
    Peer peer = rig.closing(Peer.listening()).startsTls(identity.jdkContext());
    return HttpPeer.answers(peer, HttpPeer.ok("hello"));
  }

  private static String https(Peer peer) {
    return "https://" + Network.GOOD_NAME + ":" + peer.port() + "/";
  }

  private static String serverName(Peer peer, int connection) {
    ExtendedSSLSession session =
        (ExtendedSSLSession) peer.connection(connection).tls().getSession();
    return new String(
        session.getRequestedServerNames().get(0).getEncoded(), StandardCharsets.US_ASCII);
  }
}
