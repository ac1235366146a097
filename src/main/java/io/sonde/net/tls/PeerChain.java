package io.sonde.net.tls;

import io.netty.util.NetUtil;
import io.sonde.probe.PeerCertificate;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The certificates that a peer sent, as facts: parsed once and remembered, so that a probe that
 * sees the same chain again pays for a hash and a look-up only. Immutable.
 */
public final class PeerChain {
  private final List<PeerCertificate> certificates;
  private final HostnameCheck names;
  private final long earliestExpirySeconds;
  private final List<String> leafLabels;

  private PeerChain(List<PeerCertificate> certificates, HostnameCheck names) {
    this.certificates = certificates;
    this.names = names;
    this.earliestExpirySeconds =
        certificates.stream().mapToLong(c -> c.notAfter().getEpochSecond()).min().orElseThrow();
    PeerCertificate leaf = certificates.get(0);
    this.leafLabels =
        List.of(
            leaf.fingerprintSha256(),
            leaf.issuer(),
            leaf.serialNumber(),
            leaf.subject(),
            String.join(",", leaf.dnsNames()));
  }

  /**
   * Reads the facts of a chain.
   *
   * @throws CertificateException if there is no certificate, or one does not parse
   */
  static PeerChain of(X509Certificate[] sent) throws CertificateException {
    if (sent.length == 0) {
      throw new CertificateException("the peer sent no certificate");
    }
    List<PeerCertificate> certificates = new ArrayList<>(sent.length);
    HostnameCheck names = null;
    try {
      for (X509Certificate certificate : sent) {
        byte[] der = certificate.getEncoded();
        Certificate parsed = Certificate.getInstance(der);
        List<String> dnsNames = new ArrayList<>();
        List<byte[]> addresses = new ArrayList<>();
        readNames(parsed, dnsNames, addresses);
        certificates.add(facts(certificate, der, parsed, dnsNames, addresses));
        if (names == null) {
          names = new HostnameCheck(dnsNames, addresses);
        }
      }
    } catch (RuntimeException e) {
      // The parser throws whatever it stumbles over, casts included.
      throw new CertificateException("certificate does not parse: " + e.getMessage(), e);
    }
    return new PeerChain(List.copyOf(certificates), Objects.requireNonNull(names));
  }

  /** The certificates in the order in which the peer sent them; never empty. */
  public List<PeerCertificate> certificates() {
    return certificates;
  }

  /** The peer's own certificate. */
  public PeerCertificate leaf() {
    return certificates.get(0);
  }

  /** The earliest end of validity among all certificates sent, in Unix seconds. */
  public long earliestExpirySeconds() {
    return earliestExpirySeconds;
  }

  /** The label values of {@code probe_ssl_last_chain_info}, in the order of the label names. */
  List<String> leafLabels() {
    return leafLabels;
  }

  /** The names that the leaf is valid for. */
  HostnameCheck names() {
    return names;
  }

  private static PeerCertificate facts(
      X509Certificate certificate,
      byte[] der,
      Certificate parsed,
      List<String> dnsNames,
      List<byte[]> addresses) {
    return new PeerCertificate(
        DistinguishedName.text(parsed.getSubject()),
        DistinguishedName.text(parsed.getIssuer()),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        serialNumber(certificate.getSerialNumber()),
        HexFormat.of().formatHex(sha256().digest(der)),
        List.copyOf(dnsNames),
        addresses.stream().map(NetUtil::bytesToIpAddress).toList());
  }

  private static void readNames(Certificate parsed, List<String> dnsNames, List<byte[]> addresses) {
    Extensions extensions = parsed.getTBSCertificate().getExtensions();
    Extension names =
        extensions == null ? null : extensions.getExtension(Extension.subjectAlternativeName);
    if (names == null) {
      return;
    }
    for (GeneralName name : GeneralNames.getInstance(names.getParsedValue()).getNames()) {
      if (name.getTagNo() == GeneralName.dNSName) {
        dnsNames.add(ASN1IA5String.getInstance(name.getName()).getString());
      } else if (name.getTagNo() == GeneralName.iPAddress) {
        byte[] address = ASN1OctetString.getInstance(name.getName()).getOctets();
        if (address.length == 4 || address.length == 16) {
          addresses.add(address);
        }
      }
    }
  }

  private static String serialNumber(BigInteger serial) {
    byte[] magnitude = serial.abs().toByteArray();
    int start = magnitude[0] == 0 ? 1 : 0;
    return HexFormat.of().formatHex(magnitude, start, magnitude.length);
  }

  /** A fresh SHA-256. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
