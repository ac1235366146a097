package io.sonde.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A certificate with its key and the certificates that are sent along with it.
 *
 * @param chain the certificate itself first, then what is sent to prove it; no anchor
 */
public record TestIdentity(KeyPair keys, List<X509Certificate> chain) {
  private static final char[] NO_PASSWORD = {};

  /** The certificate itself. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Its key. */
  public PrivateKey key() {
    return keys.getPrivate();
  }

  /** The same certificate, sent with others. */
  public TestIdentity sending(X509Certificate... others) {
    List<X509Certificate> sent = new ArrayList<>(List.of(certificate()));
    sent.addAll(Arrays.asList(others));
    return new TestIdentity(keys, List.copyOf(sent));
  }

  /** The whole chain as PEM. */
  public String certificatePem() {
    return pem(chain.toArray());
  }

  /** The key as PEM, in PKCS#8. */
  public String keyPem() {
    return pem(new PemObject("PRIVATE KEY", key().getEncoded()));
  }

  /** The key as PEM, in PKCS#8, encrypted as openssl does it. */
  public String encryptedKeyPem(String password) {
    try {
      String algorithm = "PBEWithHmacSHA256AndAES_256";
      SecretKey secret =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray()));
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.ENCRYPT_MODE, secret);
      byte[] encrypted = cipher.doFinal(key().getEncoded());
      // The JDK's own class for this does not know PBES2 before JDK 19.
      ASN1Primitive parameters = ASN1Primitive.fromByteArray(cipher.getParameters().getEncoded());
      AlgorithmIdentifier pbes2 =
          new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters);
      byte[] der = new EncryptedPrivateKeyInfo(pbes2, encrypted).getEncoded();
      return pem(new PemObject("ENCRYPTED PRIVATE KEY", der));
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Chain and key as a PKCS#12 file, one character for each byte. */
  public String pkcs12(String password) {
    try {
      KeyStore store = store(password.toCharArray());
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      store.store(file, password.toCharArray());
      return file.toString(StandardCharsets.ISO_8859_1);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private KeyStore store(char[] password) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("identity", key(), password, chain.toArray(new X509Certificate[0]));
    return store;
  }

  /** The key as PEM, in the older form of its algorithm (PKCS#1, SEC 1). */
  public String traditionalKeyPem() {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(key().getEncoded());
      if (key().getAlgorithm().equals("RSA")) {
        byte[] pkcs1 = info.parsePrivateKey().toASN1Primitive().getEncoded();
        return pem(new PemObject("RSA PRIVATE KEY", pkcs1));
      }
      ECPublicKey publicKey = (ECPublicKey) keys.getPublic();
      byte[] publicHalf =
          SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()).getPublicKeyData().getBytes();
      ECPrivateKey sec1 =
          new ECPrivateKey(
              publicKey.getParams().getOrder().bitLength(),
              ((java.security.interfaces.ECPrivateKey) key()).getS(),
              new DERBitString(publicHalf),
              info.getPrivateKeyAlgorithm().getParameters());
      return pem(new PemObject("EC PRIVATE KEY", sec1.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server's or client's context with this identity, by the JDK, that trusts nobody. */
  public SSLContext jdkContext() {
    try {
      KeyStore store = store(NO_PASSWORD);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[0], new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** PEM of certificates and keys. */
  public static String pem(Object... objects) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        writer.writeObject(object);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
