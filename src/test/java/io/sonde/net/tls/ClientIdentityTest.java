package io.sonde.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdentityTest {
  private final TestCa ca = TestCa.root("Root");

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keysOfEveryKindAreRead(String algorithm) throws Exception {
    TestIdentity client = client(keys(algorithm));
    assertReads(client, client.keyPem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void olderFormsOfKeysAreRead(String algorithm) throws Exception {
    TestIdentity client = client(keys(algorithm));
    assertReads(client, client.traditionalKeyPem());
  }

  @Test
  void theCurveMayStandBeforeTheKey() throws Exception {
    TestIdentity client = client(keys("EC"));
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(client.key().getEncoded());
    byte[] curve = info.getPrivateKeyAlgorithm().getParameters().toASN1Primitive().getEncoded();
    byte[] withoutCurve = info.parsePrivateKey().toASN1Primitive().getEncoded();
    assertReads(
        client,
        TestIdentity.pem(
            new PemObject("EC PARAMETERS", curve), new PemObject("EC PRIVATE KEY", withoutCurve)));
  }

  @Test
  void textBetweenBlocksIsSkipped() throws Exception {
    TestCa intermediate = ca.intermediate("Between");
    TestIdentity client = intermediate.server("client.example");
    String pem =
        "subject=/CN=client\n"
            + TestIdentity.pem(client.certificate())
            + "\n-----BEGIN CERTIFICATE-----\nbroken!\n-----END CERTIFICATE-----\n"
            + "-----BEGIN CERTIFICATE-----\ncut off\n"
            + intermediate.pem().replace("\n", "\r\n")
            + "the end";
    ClientIdentity identity = ClientIdentity.of(pem, "junk\n" + client.keyPem());
    assertEquals(2, identity.getCertificateChain("").length);
  }

  @Test
  void certificateAndKeyInOneFileAreToldApart() throws Exception {
    TestIdentity client = client(keys("EC"));
    String both = client.keyPem() + client.certificatePem();
    assertEquals(client.key(), ClientIdentity.of(both, both).getPrivateKey(""));
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    TestIdentity client = client(keys("EC"));
    assertRefused("do not belong together", client, client(keys("EC")).keyPem());
    assertRefused("do not belong together", client, client(keys("Ed25519")).keyPem());
  }

  @Test
  void anEncryptedKeyIsRefused() {
    TestIdentity client = client(keys("EC"));
    String encrypted = client.keyPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    assertRefused("is encrypted", client, encrypted);
    assertRefused(
        "is encrypted",
        client,
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """);
  }

  @Test
  void aBrokenKeyIsNeverQuoted() {
    TestIdentity client = client(keys("EC"));
    String secret = Base64.getEncoder().encodeToString("very secret bytes".getBytes(UTF_8));
    for (String label : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
      String pem = "-----BEGIN " + label + "-----\n" + secret + "\n-----END " + label + "-----\n";
      String message = assertRefused("does not parse", client, pem);
      assertFalse(message.contains("secret") || message.contains(secret), message);
    }
  }

  @Test
  void emptyTextsAreRefused() {
    TestIdentity client = client(keys("EC"));
    assertRefused("no PEM block with a private key", client, "");
    GeneralSecurityException e =
        assertThrows(GeneralSecurityException.class, () -> ClientIdentity.of("", client.keyPem()));
    assertEquals("no client certificate in the PEM text", e.getMessage());
  }

  private TestIdentity client(KeyPair keys) {
    return ca.issue("CN=client").keys(keys).issue();
  }

  private static KeyPair keys(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> TestCertificate.rsa(2_048);
      case "EC" -> TestCertificate.p256();
      default -> TestCertificate.ed25519();
    };
  }

  private static void assertReads(TestIdentity client, String keyPem) throws Exception {
    ClientIdentity identity = ClientIdentity.of(client.certificatePem(), keyPem);
    assertTrue(PrivateKeys.match(identity.getPrivateKey(""), client.certificate().getPublicKey()));
  }

  private static String assertRefused(String expected, TestIdentity client, String keyPem) {
    String message =
        String.valueOf(
            assertThrows(
                    GeneralSecurityException.class,
                    () -> ClientIdentity.of(client.certificatePem(), keyPem))
                .getMessage());
    assertTrue(message.contains(expected), message);
    return message;
  }
}
