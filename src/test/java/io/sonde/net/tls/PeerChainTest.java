package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.handler.ssl.util.LazyX509Certificate;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerChainTest {
  @Test
  void aNameOfAnotherShapeDoesNotParse() throws Exception {
    byte[] der = ca.server("a.example").certificate().getEncoded();
    byte[] commonName = {0x06, 0x03, 0x55, 0x04, 0x03};
    for (int at = 0; at + commonName.length < der.length; at++) {
      if (Arrays.equals(der, at, at + commonName.length, commonName, 0, commonName.length)) {
        der[at] = 0x04; // OCTET STRING, where the kind of the attribute should be
      }
    }
    X509Certificate[] sent = {new LazyX509Certificate(der)};
    assertThrows(CertificateException.class, () -> PeerChain.of(sent));
  }

  private final TestCa ca = TestCa.root("Root");

  @ParameterizedTest
  @CsvSource({"1, 01", "2748, 0abc", "256, 0100", "128, 80", "0, ''", "65535, ffff"})
  void aSerialNumberIsItsMagnitudeInBytes(String serial, String text) throws Exception {
    TestIdentity server = ca.issue("CN=a").serial(new BigInteger(serial)).dns("a.example").issue();
    assertEquals(text, chain(server).leaf().serialNumber());
  }

  @Test
  void onlyHostNamesAreListedAsAlternativesInTheirOrder() throws Exception {
    TestIdentity server =
        ca.issue("CN=a")
            .dns("z.example")
            .ip("192.0.2.1", "2001:db8::1")
            .named(new GeneralName(GeneralName.rfc822Name, "mail@a.example"))
            .dns("*.a.example")
            .named(new GeneralName(GeneralName.uniformResourceIdentifier, "https://a.example/"))
            .issue();
    PeerChain chain = chain(server);
    assertEquals(List.of("z.example", "*.a.example"), chain.leaf().dnsNames());
    assertEquals(List.of("192.0.2.1", "2001:db8::1"), chain.leaf().addresses());
    assertEquals("z.example,*.a.example", chain.leafLabels().get(4));
  }

  @Test
  void labelsComeInTheOrderOfTheirNames() throws Exception {
    TestIdentity server = ca.issue("CN=a,O=Acme").serial(BigInteger.TEN).dns("a.example").issue();
    byte[] der = server.certificate().getEncoded();
    String fingerprint = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    assertEquals(
        List.of(fingerprint, "CN=Root", "0a", "CN=a,O=Acme", "a.example"),
        chain(server).leafLabels());
  }

  @Test
  void theEarliestExpiryIsThatOfAnyCertificateSent() throws Exception {
    Instant soon = Instant.now().plusSeconds(86_400);
    TestCa shortLived =
        ca.issue("CN=Short").authority(-1).valid(soon.minusSeconds(99_999), soon).issueAuthority();
    TestIdentity server = shortLived.server("a.example");
    assertEquals(soon.getEpochSecond(), chain(server).earliestExpirySeconds());
    assertEquals(2, chain(server).certificates().size());
  }

  @Test
  void aCertificateWithoutNamesHasNone() throws Exception {
    PeerChain chain = chain(ca.issue("CN=only.example").issue());
    assertEquals(List.of(), chain.leaf().dnsNames());
    assertEquals("", chain.leafLabels().get(4));
  }

  @Test
  void noCertificateIsNoChain() {
    assertThrows(CertificateException.class, () -> PeerChain.of(new X509Certificate[0]));
  }

  private static PeerChain chain(TestIdentity identity) throws CertificateException {
    return PeerChain.of(identity.chain().toArray(new X509Certificate[0]));
  }
}
