package io.sonde.net.tls;

import io.sonde.config.Secret;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Private keys from PEM: PKCS#8, encrypted or not, PKCS#1 and SEC 1, for RSA, EC and Ed25519. The
 * label of a block is no more than a hint, as many tools write what they like.
 */
final class PrivateKeys {
  private static final byte[] SAMPLE = {'s', 'o', 'n', 'd', 'e'};

  private PrivateKeys() {}

  /**
   * The first private key of {@code text}.
   *
   * @param password what it is encrypted with; empty if it is not
   * @throws GeneralSecurityException with a message that quotes nothing of the key
   */
  static PrivateKey first(String text, Secret password) throws GeneralSecurityException {
    byte[] curve = new byte[0];
    for (Pem.Block block : Pem.blocks(text)) {
      if (block.label().equals("EC PARAMETERS")) {
        curve = block.der();
      } else if (block.encrypted()) {
        throw new GeneralSecurityException(
            "the private key is encrypted in the old way; openssl pkcs8 -topk8 makes it PKCS#8");
      } else if (block.label().equals("ENCRYPTED PRIVATE KEY")) {
        return parse(decrypted(block.der(), password), curve);
      } else if (block.label().endsWith("PRIVATE KEY")) {
        return parse(block.der(), curve);
      }
    }
    throw new GeneralSecurityException("no PEM block with a private key");
  }

  private static byte[] decrypted(byte[] der, Secret password) throws GeneralSecurityException {
    if (password.isEmpty()) {
      throw new GeneralSecurityException(
          "the private key is encrypted, and there is no key_password");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      AlgorithmParameters parameters = info.getAlgParameters();
      // Of PBES2 the parameters know the name that Java has for the combination.
      String algorithm =
          info.getAlgName().startsWith("PBEWith") || parameters == null
              ? info.getAlgName()
              : parameters.toString();
      PBEKeySpec spec = new PBEKeySpec(password.reveal().toCharArray());
      SecretKey secret = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, secret, parameters);
      return info.getKeySpec(cipher).getEncoded();
    } catch (IOException | GeneralSecurityException | RuntimeException ignored) {
      // The cause is dropped on purpose, as below.
      throw new GeneralSecurityException("the private key cannot be decrypted with key_password");
    }
  }

  private static PrivateKey parse(byte[] der, byte[] curve) throws GeneralSecurityException {
    try {
      PrivateKeyInfo info = info(ASN1Sequence.getInstance(der), curve);
      String algorithm = algorithm(info.getPrivateKeyAlgorithm().getAlgorithm());
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IOException | RuntimeException | InvalidKeySpecException ignored) {
      // The cause is dropped on purpose: parsers like to quote what they read.
      throw new GeneralSecurityException("the private key does not parse");
    }
  }

  /** Tells the three forms apart by what follows the version: algorithm, bytes, or a number. */
  private static PrivateKeyInfo info(ASN1Sequence key, byte[] curve) throws IOException {
    ASN1Encodable second = key.getObjectAt(1);
    if (second instanceof ASN1Sequence) {
      return PrivateKeyInfo.getInstance(key);
    }
    return second instanceof ASN1OctetString ? fromSec1(key, curve) : fromPkcs1(key);
  }

  private static PrivateKeyInfo fromPkcs1(ASN1Sequence key) throws IOException {
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    return new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(key));
  }

  /** The curve stands in the key itself, or else in a block before it. */
  private static PrivateKeyInfo fromSec1(ASN1Sequence sequence, byte[] curveBefore)
      throws IOException {
    ECPrivateKey key = ECPrivateKey.getInstance(sequence);
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
