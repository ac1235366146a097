package io.sonde.probe.tcp;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Reason.CERT_NAME;
import static io.sonde.probe.Reason.CERT_UNTRUSTED;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.tcp.Steps.expect;
import static io.sonde.probe.tcp.Steps.expectBytes;
import static io.sonde.probe.tcp.Steps.overTls;
import static io.sonde.probe.tcp.Steps.send;
import static io.sonde.probe.tcp.Steps.startTls;
import static io.sonde.probe.tcp.Steps.trusting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.IpPreference;
import io.sonde.config.ProbeSpec;
import io.sonde.config.QueryResponse;
import io.sonde.config.Source;
import io.sonde.config.TcpSpec;
import io.sonde.config.TlsSpec;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TLS in the middle of a dialogue, and dialogues over TLS. */
class StartTlsTcpProberTest extends ProberContract {
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();
  private static final TestIdentity OTHER = ROOT.issue("CN=other").ip("127.0.0.1").issue();
  private static final QueryResponse[] UPGRADE = {
    expect("^220 ", "STARTTLS\r"), expect("^220 "), startTls(), send("EHLO\r"), expect("^250 ")
  };

  @Override
  protected ProbeSpec spec() {
    return withTls(trusting(ROOT), UPGRADE);
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return TcpProberTest.prober(network, spec);
  }

  @Override
  protected void isGood(Peer peer) {
    upgraded(peer, "220 go ahead\r\n").readsUntil("EHLO\r\n").sends("250 hello\r\n");
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(PROCESSING, peer -> peer.sends("220 hello\r\n").readsUntil("STARTTLS\r\n")),
        Stage.in(
            TLS,
            peer ->
                peer.sends("220 hello\r\n")
                    .readsUntil("STARTTLS\r\n")
                    .sends("220 go\r\n")
                    .reads(1)),
        Stage.in(PROCESSING, peer -> upgraded(peer, "220 go\r\n").readsUntil("EHLO\r\n")));
  }

  @Test
  void anUpgradePasses() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROCESSING, TLS, PROCESSING)
        .exposes(Steps.HANDSHAKE_METRICS);
  }

  @Test
  void anUpgradeMayBeTheLastStep() {
    Peer peer = rig.closing(upgraded(Peer.listening(), "220 go ahead\r\n"));
    probing(
            withTls(trusting(ROOT), expect("^220 ", "STARTTLS\r"), expect("^220 "), startTls()),
            peer.address())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROCESSING, TLS)
        .has(Metric.PROBE_TLS_VERSION_INFO);
  }

  @Test
  void whatCameInPlainTextIsNotTakenForSomethingSaidOverTls() {
    Peer peer =
        rig.closing(upgraded(Peer.listening(), "220 go ahead\r\n250 injected\r\n"))
            .readsUntil("EHLO\r\n")
            .sends("550 no\r\n");
    Outcome outcome =
        probing(peer)
            .within(SOON.multipliedBy(4))
            .failsIn(PROCESSING, TIMEOUT)
            .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
    assertTrue(
        outcome
            .notes(Level.WARN)
            .contains("Dropped what came in plain text before the TLS handshake"));
  }

  @Test
  void aPeerThatGoesOnInPlainTextDoesNotSpeakTls() {
    Peer peer =
        rig.closing(
            Peer.listening()
                .sends("220 hello\r\n")
                .readsUntil("STARTTLS\r\n")
                .sends("220 go ahead\r\n")
                .reads(6)
                .sends("250 plain\r\n"));
    probing(peer)
        .failsIn(TLS, PROTOCOL)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX)
        .hasNo(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void aPeerThatIsDoneSpeakingCannotBeUpgraded() {
    Peer peer =
        rig.closing(
            Peer.listening()
                .sends("220 hello\r\n")
                .readsUntil("STARTTLS\r\n")
                .sends("220 go ahead\r\n")
                .closes());
    probing(peer).failsIn(TLS, CLOSED);
  }

  @Test
  void aCertificateThatIsRejectedStillShowsItsDate() {
    TestCa stranger = TestCa.root("Stranger");
    probing(withTls(trusting(stranger), UPGRADE), goodPeer().address())
        .failsIn(TLS, CERT_UNTRUSTED)
        .has(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, Metric.PROBE_SSL_LAST_CHAIN_INFO)
        .hasNo(Metric.PROBE_TLS_VERSION_INFO);
  }

  @Test
  void theHostOfTheTargetIsTheNameToVerify() {
    Peer peer = goodPeer();
    probing(Network.GOOD_NAME + ":" + peer.port()).passes();
    probing(peer).asking("nobody.example").failsIn(TLS, CERT_NAME);
    probing(withTls(trusting(ROOT).withServerName("nobody.example"), UPGRADE), peer.address())
        .failsIn(TLS, CERT_NAME);
  }

  @Test
  void aTrustFileThatIsMissingFailsTheUpgrade() {
    TlsSpec missing =
        new TlsSpec(
            Source.file("/no/such/ca.pem"), Source.NONE, Source.NONE, "", false, null, null);
    probing(withTls(missing, UPGRADE), goodPeer().address())
        .failsIn(SETUP, CONFIG)
        .saying("/no/such/ca.pem")
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @Test
  void aDialogueMayBeOverTlsFromItsBeginning() {
    Peer peer =
        rig.closing(
            Peer.listening()
                .startsTls(SERVER.jdkContext())
                .sends("+OK ready\r\n")
                .readsUntil("QUIT\r\n")
                .sends("+OK bye")
                .closes());
    probing(overTls(ROOT, expect("^\\+OK", "QUIT\r"), expect("bye$")), peer.address())
        .passes()
        .inPhases(RESOLVE, CONNECT, TLS, PROCESSING)
        .has(Metric.PROBE_TLS_VERSION_INFO);
  }

  @Test
  void anEndWithoutGoodbyeEndsTheLastLine() {
    Peer peer =
        rig.closing(Peer.listening().startsTls(SERVER.jdkContext()).sends("+OK ready").cutsOff());
    probing(overTls(ROOT, expect("^\\+OK ready$")), peer.address()).passes();
  }

  @Test
  void ofTwoHandshakesTheLastOneIsTold() {
    Peer peer =
        rig.closing(
            Peer.listening()
                .startsTls(SERVER.jdkContext())
                .sends("S")
                .startsTls(OTHER.jdkContext())
                .sends("inner\n"));
    Outcome outcome =
        probing(overTls(ROOT, expectBytes("S"), startTls(), expect("^inner$")), peer.address())
            .passes()
            .inPhases(RESOLVE, CONNECT, TLS, PROCESSING, TLS, PROCESSING);
    assertEquals("CN=other", outcome.label(Metric.PROBE_SSL_LAST_CHAIN_INFO, "subject"));
    assertEquals(1, outcome.series(Metric.PROBE_TLS_VERSION_INFO).size());
  }

  private static Peer upgraded(Peer peer, String goAhead) {
    return peer.sends("220 hello\r\n")
        .readsUntil("STARTTLS\r\n")
        .sends(goAhead)
        .startsTls(SERVER.jdkContext());
  }

  private static TcpSpec withTls(TlsSpec tls, QueryResponse... steps) {
    return new TcpSpec(IpPreference.DEFAULT, "", List.of(steps), false, tls);
  }
}
