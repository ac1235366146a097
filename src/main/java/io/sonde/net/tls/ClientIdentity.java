package io.sonde.net.tls;

import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import io.sonde.config.Secret;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a client shows, with its chain and key. It is shown to every server that
 * asks: the stock key manager keeps it back when the server's list of authorities lacks the direct
 * issuer, and the server then complains that no certificate was sent.
 */
class ClientIdentity extends X509ExtendedKeyManager {
  static final String ALIAS = "sonde";

  private final PrivateKey key;
  private final X509Certificate[] chain;

  ClientIdentity(PrivateKey key, X509Certificate... chain) {
    this.key = key;
    this.chain = chain;
  }

  /**
   * Reads a certificate and its chain from PEM or a PKCS#12 file (one character for each byte).
   *
   * @param password what such a file is encrypted with; empty if it is not
   * @throws GeneralSecurityException if the text holds no certificate
   */
  static List<X509Certificate> chain(String certificates, Secret password)
      throws GeneralSecurityException {
    List<X509Certificate> chain =
        Pkcs12.looksLike(certificates)
            ? Pkcs12.open(certificates, password).chain()
            : Pem.certificates(certificates);
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("no client certificate in the PEM text");
    }
    return chain;
  }

  /**
   * Reads the key of a chain from a text, PEM or a PKCS#12 file as well.
   *
   * @param password what the key is encrypted with; empty if it is not
   * @throws GeneralSecurityException if the text holds no key, or not that of the chain; the
   *     message quotes nothing of it
   */
  static ClientIdentity of(List<X509Certificate> chain, String keys, Secret password)
      throws GeneralSecurityException {
    PrivateKey key =
        Pkcs12.looksLike(keys)
            ? Pkcs12.open(keys, password).key()
            : PrivateKeys.first(keys, password);
    if (!PrivateKeys.match(key, chain.get(0).getPublicKey())) {
      throw new GeneralSecurityException("client certificate and key do not belong together");
    }
    return new ClientIdentity(key, chain.toArray(new X509Certificate[0]));
  }

  /** This identity as Netty wants it. */
  final KeyManagerFactory asFactory() {
    return new SimpleKeyManagerFactory() {
      @Override
      protected void engineInit(@Nullable KeyStore ignoredStore, char @Nullable [] ignored) {}

      @Override
      protected void engineInit(ManagerFactoryParameters ignored) {}

      @Override
      protected KeyManager[] engineGetKeyManagers() {
        return new KeyManager[] {ClientIdentity.this};
      }
    };
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }
}
