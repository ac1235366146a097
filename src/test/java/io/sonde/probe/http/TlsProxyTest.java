package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CERT_NAME;
import static io.sonde.probe.Reason.CERT_UNTRUSTED;
import static io.sonde.probe.http.HttpSpecs.http;

import io.sonde.probe.Metric;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.RelayingProxy;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proxies that are themselves spoken to over TLS. */
class TlsProxyTest extends HttpClaims {
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  @Test
  void aProxyMayWantTlsItselfAndIsKnownByItsOwnName() {
    TestIdentity own = ROOT.issue("CN=proxy").ip("127.0.0.1").issue();
    TestIdentity targets = ROOT.issue("CN=t").dns("target.example").issue();
    Peer server = rig.closing(Peer.listening());
    HttpPeer.answers(server.startsTls(targets.jdkContext()), HttpPeer.ok("hello"));
    RelayingProxy proxy = rig.closing(RelayingProxy.behindTls(own.jdkContext()));
    probing(
            trusting().proxy("https://" + proxy.address()).leavingNamesToProxy(),
            "https://target.example:" + server.port() + "/")
        .passes()
        .inPhases(CONNECT, PROXY, PROXY, TLS, PROCESSING, TRANSFER, CHECK)
        .shows(1, Metric.PROBE_HTTP_SSL)
        .shows(
            (double) targets.certificate().getNotAfter().toInstant().getEpochSecond(),
            Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void theCertificateOfAProxyIsNotTheTargets() {
    Peer server = rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
    RelayingProxy proxy = rig.closing(RelayingProxy.behindTls(SERVER.jdkContext()));
    probing(trusting().failIfSsl().proxy("https://" + proxy.address()), server)
        .passes()
        .shows(0, Metric.PROBE_HTTP_SSL)
        .hasNo(
            Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY,
            Metric.PROBE_TLS_VERSION_INFO,
            Metric.PROBE_TLS_CIPHER_INFO);
  }

  @Test
  void aProxyThatCannotProveItselfFailsAsAProxy() {
    TestIdentity elsewhere = ROOT.issue("CN=x").dns("elsewhere.example").issue();
    for (String target : List.of("https://127.0.0.1:1/", "http://127.0.0.1:1/")) {
      RelayingProxy proxy = rig.closing(RelayingProxy.behindTls(elsewhere.jdkContext()));
      probing(trusting().proxy("https://" + proxy.address()), target)
          .failsIn(PROXY, CERT_NAME)
          .hasNo(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
      probing(http().proxy("https://" + proxy.address()), target).failsIn(PROXY, CERT_UNTRUSTED);
    }
  }

  private static HttpSpecs trusting() {
    return http().trusting(ROOT.pem());
  }
}
