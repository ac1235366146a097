package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client shows who it is. */
@ParameterizedClass
@EnumSource(TlsProvider.class)
class ClientCertificateTest extends HandshakeFixture {
  ClientCertificateTest(TlsProvider provider) {
    super(provider);
  }

  @Test
  void aServerWithAnotherListOfAuthoritiesGetsTheClientCertificate() {
    TestCa clients = TestCa.root("Clients");
    TestCa issuing = clients.intermediate("Issuing");
    TestIdentity client = issuing.server("client.example");
    TlsServer server =
        rig.closing(settings(SERVER).demandingClients(clients.certificate()).start());
    HandshakeProber prober = prober(showing(client), HOST).reading();
    probe(prober, server).passed();
    assertEquals(client.chain(), server.nextHandshake().clientChain());
    assertEquals(TlsServer.GREETING, prober.heard());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void clientKeysOfEveryKindSign(String version) {
    TestCa clients = TestCa.root("Clients");
    TlsServer server =
        rig.closing(
            settings(SERVER)
                .byJdk()
                .versions(version)
                .demandingClients(clients.certificate())
                .start());
    for (var keys :
        List.of(TestCertificate.p256(), TestCertificate.rsa(2_048), TestCertificate.ed25519())) {
      TestIdentity client = clients.issue("CN=client").keys(keys).issue();
      HandshakeProber prober = prober(showing(client), HOST).reading();
      probe(prober, server).passed();
      assertEquals(client.chain(), server.nextHandshake().clientChain());
    }
  }

  @Test
  void aServerThatMissesTheClientCertificateSaysSoDuringOrAfterTheHandshake() {
    TestCa clients = TestCa.root("Clients");
    TlsServer strict =
        rig.closing(
            settings(SERVER).versions("TLSv1.2").demandingClients(clients.certificate()).start());
    probe(prober(trusting(), HOST).reading(), strict)
        .failedIn(Phase.TLS, Reason.TLS)
        .saying("the peer refused the handshake: alert ");
    TlsServer later = rig.closing(settings(SERVER).demandingClients(clients.certificate()).start());
    probe(prober(trusting(), HOST).reading(), later)
        .failedIn(Phase.PROCESSING, Reason.TLS)
        .saying("the peer ended TLS: alert certificate_required");
  }
}
