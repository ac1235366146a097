package io.sonde.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Secret;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
    ClientIdentity identity = read(pem, "junk\n" + client.keyPem());
    assertEquals(2, identity.getCertificateChain("").length);
  }

  @Test
  void certificateAndKeyInOneFileAreToldApart() throws Exception {
    TestIdentity client = client(keys("EC"));
    String both = client.keyPem() + client.certificatePem();
    assertEquals(client.key(), read(both, both).getPrivateKey(""));
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    TestIdentity client = client(keys("EC"));
    assertRefused("do not belong together", client, client(keys("EC")).keyPem());
    assertRefused("do not belong together", client, client(keys("Ed25519")).keyPem());
  }

  @Test
  void anEncryptedKeyIsRefusedWithoutItsPassword() throws Exception {
    TestIdentity client = client(keys("EC"));
    String encrypted = client.encryptedKeyPem("open sesame");
    assertRefused("is encrypted, and there is no key_password", client, encrypted);
    String message = refusal(() -> read(client.certificatePem(), encrypted, "wrong"));
    assertEquals("the private key cannot be decrypted with key_password", message);
  }

  @Test
  void anEncryptedKeyIsReadWithItsPassword() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
      TestIdentity client = client(keys(algorithm));
      String pem = client.encryptedKeyPem("open sesame");
      ClientIdentity identity = read(client.certificatePem(), pem, "open sesame");
      assertEquals(client.key(), identity.getPrivateKey(""));
    }
  }

  @Test
  void aKeyThatIsEncryptedInTheOldWayIsRefused() {
    assertRefused(
        "encrypted in the old way",
        client(keys("EC")),
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """);
  }

  @Test
  void theLabelOfAKeyIsNoMoreThanAHint() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      TestIdentity client = client(keys(algorithm));
      assertReads(client, client.keyPem().replace("PRIVATE KEY", "RSA PRIVATE KEY"));
      String old = client.traditionalKeyPem();
      assertReads(client, old.replaceAll("(BEGIN|END) .* KEY", "$1 PRIVATE KEY"));
    }
  }

  @Test
  void linesMayEndAndBeIndentedInAnyWay() throws Exception {
    TestIdentity client = client(keys("EC"));
    assertReads(client, client.keyPem().replace("\n", "\r\n"));
    assertReads(client, client.keyPem().replaceAll("(?m)^", "    "));
    assertReads(client, "\uFEFF" + client.keyPem().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp384r1", "secp521r1"})
  void largerCurvesAreRead(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    TestIdentity client = client(generator.generateKeyPair());
    assertReads(client, client.keyPem());
    assertReads(client, client.traditionalKeyPem());
  }

  @Test
  void certificateChainAndKeyMayBeInOnePkcs12File() throws Exception {
    TestCa intermediate = ca.intermediate("Between");
    TestIdentity client = intermediate.server("client.example");
    String file = client.pkcs12("open sesame");
    ClientIdentity identity = read(file, file, "open sesame");
    assertEquals(client.key(), identity.getPrivateKey(""));
    assertArrayEquals(client.chain().toArray(), (Object[]) identity.getCertificateChain(""));
    assertEquals(
        client.key(), read(client.certificatePem(), file, "open sesame").getPrivateKey(""));
    String without = client.pkcs12("");
    assertEquals(client.key(), read(without, without).getPrivateKey(""));
  }

  @Test
  void aPkcs12FileThatDoesNotOpenIsRefused() {
    String file = client(keys("EC")).pkcs12("open sesame");
    assertEquals(
        "neither PEM, nor a PKCS#12 file that opens with this key_password",
        refusal(() -> read(file, file, "wrong")));
    assertEquals(
        "neither PEM, nor a PKCS#12 file that opens with an empty password",
        refusal(() -> read(file, file)));
    String cut = file.substring(0, file.length() / 2);
    assertEquals(
        "neither PEM, nor a PKCS#12 file that opens with this key_password",
        refusal(() -> read(cut, cut, "open sesame")));
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
    assertEquals("no client certificate in the PEM text", refusal(() -> read("", client.keyPem())));
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
    ClientIdentity identity = read(client.certificatePem(), keyPem);
    assertTrue(PrivateKeys.match(identity.getPrivateKey(""), client.certificate().getPublicKey()));
  }

  private static String assertRefused(String expected, TestIdentity client, String keyPem) {
    String message = refusal(() -> read(client.certificatePem(), keyPem));
    assertTrue(message.contains(expected), message);
    return message;
  }

  private static String refusal(Executable reading) {
    return String.valueOf(assertThrows(GeneralSecurityException.class, reading).getMessage());
  }

  private static ClientIdentity read(String certificates, String keys)
      throws GeneralSecurityException {
    return read(certificates, keys, "");
  }

  private static ClientIdentity read(String certificates, String keys, String password)
      throws GeneralSecurityException {
    return ClientIdentity.of(
        ClientIdentity.chain(certificates, Secret.of(password)), keys, Secret.of(password));
  }
}
