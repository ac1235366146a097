package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.telemetry.WebStats.HandshakeFailure;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which clients are admitted, by the certificates that they show. */
class ClientCertificatesTest {
  @TempDir private Path folder;

  private static String config(String auth, String more) {
    return "tls_server_config:\n  cert_file: web.crt\n  key_file: web.key\n  client_auth_type: "
        + auth
        + "\n"
        + more;
  }

  private static String withCa(String auth) {
    return config(auth, "  client_ca_file: ca.crt\n");
  }

  private void assertAdmitted(GuardRig rig, @Nullable TestIdentity client) throws Exception {
    assertEquals(200, rig.getTls("/-/healthy", client).statusCode());
  }

  private void assertRefused(GuardRig rig, @Nullable TestIdentity client) {
    long before = rig.stats.failures(HandshakeFailure.CLIENT_CERTIFICATE);
    assertThrows(IOException.class, () -> rig.getTls("/-/healthy", client));
    // The client may try twice.
    assertTrue(rig.stats.failures(HandshakeFailure.CLIENT_CERTIFICATE) > before);
  }

  private static TestCertificate client(TestCa ca) {
    return ca.issue("CN=client").purposes(KeyPurposeId.id_kp_clientAuth);
  }

  /** Columns: none, one of the authority, one of a stranger. */
  @ParameterizedTest
  @CsvSource({
    "NoClientCert, true, true, true",
    "RequestClientCert, true, true, true",
    "RequireAnyClientCert, false, true, true",
    "RequireClientCert, false, true, true",
    "VerifyClientCertIfGiven, true, true, false",
    "RequireAndVerifyClientCert, false, true, false"
  })
  void eachWayAdmitsWhomItSays(String auth, boolean none, boolean known, boolean stranger)
      throws Exception {
    String config = auth.equals("NoClientCert") ? config(auth, "") : withCa(auth);
    try (GuardRig rig = new GuardRig(folder, config)) {
      expect(none, rig, null);
      expect(known, rig, client(rig.ca).issue());
      expect(stranger, rig, client(TestCa.root("stranger")).issue());
    }
  }

  private void expect(boolean admitted, GuardRig rig, @Nullable TestIdentity client)
      throws Exception {
    if (admitted) {
      assertAdmitted(rig, client);
    } else {
      assertRefused(rig, client);
    }
  }

  @Test
  void aCertificateOutOfTimeOrForServersIsRefused() throws Exception {
    try (GuardRig rig = new GuardRig(folder, withCa("RequireAndVerifyClientCert"))) {
      assertRefused(rig, client(rig.ca).expiredDaysAgo(1).issue());
      assertRefused(rig, client(rig.ca).validInDays(1).issue());
      assertRefused(rig, rig.ca.issue("CN=s").purposes(KeyPurposeId.id_kp_serverAuth).issue());
      assertAdmitted(rig, rig.ca.issue("CN=without any purpose").issue());
    }
  }

  @Test
  void anIntermediateThatIsSentAlongLeadsToTheAuthority() throws Exception {
    try (GuardRig rig = new GuardRig(folder, withCa("RequireAndVerifyClientCert"))) {
      assertAdmitted(rig, client(rig.ca.intermediate("below")).issue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scraper.example", "a@example.org", "10.1.2.3", "2001:db8::1", "spiffe://x/y"})
  void anyKindOfNameIsAdmitted(String name) throws Exception {
    String sans = "  client_allowed_sans: ['" + name + "']\n";
    try (GuardRig rig = new GuardRig(folder, withCa("RequireAndVerifyClientCert") + sans)) {
      TestIdentity scraper =
          client(rig.ca)
              .dns("scraper.example")
              .ip("10.1.2.3", "2001:db8::1")
              .named(new GeneralName(GeneralName.rfc822Name, "a@example.org"))
              .named(new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://x/y"))
              .issue();
      assertAdmitted(rig, scraper);
      assertRefused(rig, client(rig.ca).dns("other.example").issue());
      assertRefused(rig, client(rig.ca).issue());
    }
  }

  @Test
  void namesOfCertificatesThatNobodyVerifiedAreLookedAtToo() throws Exception {
    try (GuardRig rig =
        new GuardRig(
            folder, config("RequireAnyClientCert", "  client_allowed_sans: [me.example]\n"))) {
      TestCa stranger = TestCa.root("stranger");
      assertAdmitted(rig, client(stranger).dns("me.example").issue());
      assertRefused(rig, client(stranger).dns("you.example").issue());
    }
  }

  @Test
  void aNewAuthorityNeedsNoRestart() throws Exception {
    try (GuardRig rig = new GuardRig(folder, withCa("RequireAndVerifyClientCert"))) {
      TestCa next = TestCa.root("next");
      assertRefused(rig, client(next).issue());
      rig.write("ca.crt", next.pem());
      rig.guard.look();
      assertAdmitted(rig, client(next).issue());
      assertRefused(rig, client(rig.ca).issue());
    }
  }

  @Test
  void withoutAuthoritiesThoseOfTheMachineCount() throws Exception {
    try (GuardRig rig = new GuardRig(folder, config("RequireAndVerifyClientCert", ""))) {
      assertRefused(rig, client(rig.ca).issue());
    }
  }
}
