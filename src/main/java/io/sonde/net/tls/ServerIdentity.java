package io.sonde.net.tls;

import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a server shows, with its chain and key. Given to Netty as it is: Netty would
 * put the key into a key store first, at 200 ms.
 */
final class ServerIdentity extends ClientIdentity {
  ServerIdentity(PrivateKey key, X509Certificate... chain) {
    super(key, chain);
  }

  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }
}
