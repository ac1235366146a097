package io.sonde.net.tls;

import io.sonde.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A certificate with its chain and key in one encrypted file (PKCS#12, RFC 7292). */
final class Pkcs12 {
  /** How a SEQUENCE of more than 127 bytes begins in DER. */
  private static final char SEQUENCE = 0x30;

  private static final char LONG_LENGTH = 0x80;

  private final KeyStore store;
  private final String alias;
  private final char[] password;

  private Pkcs12(KeyStore store, String alias, char[] password) {
    this.store = store;
    this.alias = alias;
    this.password = password;
  }

  /** Whether {@code contents}, one character for each byte, is no text but may be such a file. */
  static boolean looksLike(String contents) {
    return contents.length() > 2
        && contents.charAt(0) == SEQUENCE
        && contents.charAt(1) >= LONG_LENGTH;
  }

  /**
   * Opens a file.
   *
   * @throws GeneralSecurityException if that does not work; quotes nothing
   */
  static Pkcs12 open(String contents, Secret password) throws GeneralSecurityException {
    byte[] bytes = contents.getBytes(StandardCharsets.ISO_8859_1);
    char[] chars = password.reveal().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(bytes), chars);
    } catch (IOException | RuntimeException ignored) {
      throw new GeneralSecurityException(
          "neither PEM, nor a PKCS#12 file that opens with "
              + (password.isEmpty() ? "an empty password" : "this key_password"));
    }
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return new Pkcs12(store, alias, chars);
      }
    }
    throw new GeneralSecurityException("the PKCS#12 file has no private key");
  }

  /** The certificate of the first key, and those that lead from it to an authority. */
  List<X509Certificate> chain() throws GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    Certificate[] certificates = store.getCertificateChain(alias);
    for (Certificate certificate : certificates == null ? new Certificate[0] : certificates) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  /** The first key. */
  PrivateKey key() throws GeneralSecurityException {
    return (PrivateKey) store.getKey(alias, password);
  }
}
