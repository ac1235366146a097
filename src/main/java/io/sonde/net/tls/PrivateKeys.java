package io.sonde.net.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Private keys from PEM: PKCS#8, PKCS#1 and SEC 1, for RSA, EC and Ed25519. */
final class PrivateKeys {
  private static final byte[] SAMPLE = {'s', 'o', 'n', 'd', 'e'};

  private PrivateKeys() {}

  /**
   * The first private key of {@code text}.
   *
   * @throws GeneralSecurityException with a message that quotes nothing of the key
   */
  static PrivateKey first(String text) throws GeneralSecurityException {
    byte[] curve = new byte[0];
    for (Pem.Block block : Pem.blocks(text)) {
      if (block.label().equals("EC PARAMETERS")) {
        curve = block.der();
      } else if (block.label().endsWith("PRIVATE KEY")) {
        if (block.encrypted() || block.label().startsWith("ENCRYPTED")) {
          throw new GeneralSecurityException("the private key is encrypted");
        }
        return parse(block, curve);
      }
    }
    throw new GeneralSecurityException("no PEM block with a private key");
  }

  private static PrivateKey parse(Pem.Block block, byte[] curve) throws GeneralSecurityException {
    try {
      PrivateKeyInfo info =
          switch (block.label()) {
            case "RSA PRIVATE KEY" -> fromPkcs1(block.der());
            case "EC PRIVATE KEY" -> fromSec1(block.der(), curve);
            default -> PrivateKeyInfo.getInstance(block.der());
          };
      String algorithm = algorithm(info.getPrivateKeyAlgorithm().getAlgorithm());
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IOException | RuntimeException | InvalidKeySpecException ignored) {
      // The cause is dropped on purpose: parsers like to quote what they read.
      throw new GeneralSecurityException("the private key does not parse");
    }
  }

  private static PrivateKeyInfo fromPkcs1(byte[] der) throws IOException {
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    return new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(der));
  }

  /** The curve stands in the key itself, or else in a block before it. */
  private static PrivateKeyInfo fromSec1(byte[] der, byte[] curveBefore) throws IOException {
    ECPrivateKey key = ECPrivateKey.getInstance(der);
    ASN1Encodable curve = key.getParametersObject();
    if (curve == null) {
      curve = ASN1ObjectIdentifier.getInstance(curveBefore);
    }
    return new PrivateKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), key);
  }

  private static String algorithm(ASN1ObjectIdentifier oid) throws GeneralSecurityException {
    if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return "RSA";
    }
    if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return "EC";
    }
    if (oid.equals(EdECObjectIdentifiers.id_Ed25519)) {
      return "Ed25519";
    }
    throw new GeneralSecurityException("private keys of type " + oid + " are not supported");
  }

  /** Whether what {@code privateKey} signs, {@code publicKey} accepts. */
  static boolean match(PrivateKey privateKey, PublicKey publicKey) {
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update(SAMPLE);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(SAMPLE);
      return verifier.verify(signature);
    } catch (GeneralSecurityException ignored) {
      return false;
    }
  }
}
