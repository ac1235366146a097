package io.sonde.net.tls;

import io.sonde.config.Secret;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;

/** Keys that sign something else than a handshake. */
public final class RsaKeys {
  private RsaKeys() {}

  /**
   * The first private key of a PEM text, PKCS#1 or PKCS#8.
   *
   * @throws GeneralSecurityException if there is none or it is not for RSA; the message quotes
   *     nothing of it
   */
  public static PrivateKey parse(String pem) throws GeneralSecurityException {
    PrivateKey key = PrivateKeys.first(pem, Secret.NONE);
    if (!key.getAlgorithm().equals("RSA")) {
      throw new GeneralSecurityException("expected an RSA key, got one for " + key.getAlgorithm());
    }
    return key;
  }
}
