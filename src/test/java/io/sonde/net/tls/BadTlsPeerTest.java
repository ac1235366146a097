package io.sonde.net.tls;

import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.testkit.Peer;
import io.sonde.testkit.Probing;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that end, break or never begin a handshake. */
@ParameterizedClass
@EnumSource(TlsProvider.class)
class BadTlsPeerTest extends HandshakeFixture {
  BadTlsPeerTest(TlsProvider provider) {
    super(provider);
  }

  @Test
  void aPlainPortIsAProtocolError() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).sends("220 mail.example ESMTP ready\r\n");
    probe(prober(trusting(), HOST), peer.port())
        .failedIn(Phase.TLS, Reason.PROTOCOL)
        .saying("does not speak TLS")
        .hasNo(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void anHttpServerOnThePortIsAProtocolError() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).sends("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").closes();
    probe(prober(trusting(), HOST), peer.port()).failedIn(Phase.TLS, Reason.PROTOCOL);
  }

  @Test
  void aPeerThatClosesIsClosed() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).closes();
    probe(prober(trusting(), HOST), peer.port()).failedIn(Phase.TLS, Reason.CLOSED);
  }

  @Test
  void aPeerThatResetsIsClosed() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).resets();
    probe(prober(trusting(), HOST), peer.port()).failedIn(Phase.TLS, Reason.CLOSED);
  }

  @Test
  void aBrokenRecordIsAFailureOfTls() {
    Peer peer = rig.closing(Peer.listening());
    byte[] nonsense = {22, 3, 3, 0, 4, 2, 0, 0, 0};
    peer.reads(1).sends(nonsense);
    probe(prober(trusting(), HOST), peer.port()).failedIn(Phase.TLS, Reason.TLS);
  }

  @Test
  void anAlertIsNamed() {
    Peer peer = rig.closing(Peer.listening());
    byte[] unrecognizedName = {21, 3, 3, 0, 2, 2, 112};
    peer.reads(1).sends(unrecognizedName);
    probe(prober(trusting(), HOST), peer.port())
        .failedIn(Phase.TLS, Reason.TLS)
        .saying("alert unrecognized_name (the server does not know the name");
  }

  @Test
  void aSilentPeerIsWaitedForUntilTheDeadline() {
    Peer peer = rig.closing(Peer.listening());
    peer.staysSilent();
    rig.probing(prober(trusting(), HOST), module())
        .at(String.valueOf(peer.port()))
        .within(Duration.ofMillis(150))
        .failsIn(Phase.TLS, Reason.TIMEOUT);
  }

  @Test
  void aHandshakeCanHaveALimitOfItsOwn() {
    Peer peer = rig.closing(Peer.listening());
    peer.staysSilent();
    HandshakeProber prober =
        prober(trusting(), HOST).with(peerOf -> peerOf.within(Duration.ofMillis(150)));
    rig.probing(prober, module())
        .at(String.valueOf(peer.port()))
        .within(Probing.FAR)
        .failsIn(Phase.TLS, Reason.TIMEOUT)
        .saying("took more than 0.15 s");
  }

  @Test
  void aHandshakeCanBelongToAnotherPhase() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).closes();
    HandshakeProber prober =
        prober(trusting(), HOST).with(peerOf -> peerOf.inPhase(Phase.PROXY).atHop(2));
    probe(prober, peer.port())
        .failedIn(Phase.PROXY, Reason.CLOSED)
        .inPhases(Phase.CONNECT, Phase.PROXY);
  }

  @Test
  void aCallerWhoLeavesEndsTheHandshake() {
    Peer peer = rig.closing(Peer.listening());
    peer.staysSilent();
    rig.probing(prober(trusting(), HOST), module())
        .at(String.valueOf(peer.port()))
        .starts()
        .reaches(Phase.TLS)
        .isAbandoned()
        .ends()
        .wasAbandoned();
    peer.connection(0).awaitEnd();
  }
}
