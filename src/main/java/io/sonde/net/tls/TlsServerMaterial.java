package io.sonde.net.tls;

import io.sonde.config.Secret;
import io.sonde.config.TlsServerSpec;
import io.sonde.net.file.TrackedFile;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a server's TLS settings compile to, again whenever one of their files has changed. Blocks on
 * files: not for event loops. Safe for use by several threads.
 */
public final class TlsServerMaterial {
  private final TlsServerSpec spec;
  private final boolean http2;
  private final TrackedText cert;
  private final TrackedText key;
  private final TrackedText clientCa;
  private @Nullable Made made;

  /** A context with what it was made of. */
  private record Made(TlsServerContext context, long cert, long key, long clientCa) {}

  /**
   * Material of these settings.
   *
   * @param http2 whether clients may choose HTTP/2
   */
  public TlsServerMaterial(TlsServerSpec spec, boolean http2) {
    this.spec = spec;
    this.http2 = http2;
    this.cert = new TrackedText("cert", spec.cert(), TrackedFile::named);
    this.key = new TrackedText("key", spec.key(), TrackedFile::named);
    this.clientCa = new TrackedText("client_ca", spec.clientCa(), TrackedFile::named);
  }

  /**
   * The context of the files as they are now; the same one as before if they have not changed.
   *
   * @throws TlsServerException if there can be none; it tells everything that is wrong
   */
  public synchronized TlsServerContext current() throws TlsServerException {
    Map<String, String> flaws = new LinkedHashMap<>();
    TrackedText.@Nullable Text certText = read(cert, flaws);
    TrackedText.@Nullable Text keyText = read(key, flaws);
    TrackedText.@Nullable Text caText = read(clientCa, flaws);
    Made known = made;
    if (certText != null && keyText != null && caText != null) {
      if (known == null
          || known.cert != certText.version()
          || known.key != keyText.version()
          || known.clientCa != caText.version()) {
        TlsServerContext context = compile(certText.text(), keyText.text(), caText.text(), flaws);
        if (context != null) {
          known = new Made(context, certText.version(), keyText.version(), caText.version());
          made = known;
        }
      }
    }
    if (known == null || !flaws.isEmpty()) {
      throw new TlsServerException(flaws);
    }
    return known.context;
  }

  private static TrackedText.@Nullable Text read(TrackedText text, Map<String, String> flaws) {
    try {
      return text.read();
    } catch (GeneralSecurityException e) {
      flaws.put(text.key(), "failed to read " + e.getMessage());
      return null;
    }
  }

  private @Nullable TlsServerContext compile(
      String certificates, String keys, String authorities, Map<String, String> flaws) {
    List<X509Certificate> chain = Pem.certificates(certificates);
    if (chain.isEmpty()) {
      flaws.put(cert.key(), cert.name() + ": no certificate in the PEM text");
    }
    PrivateKey privateKey = privateKey(keys, flaws);
    if (privateKey != null
        && !chain.isEmpty()
        && !PrivateKeys.match(privateKey, chain.get(0).getPublicKey())) {
      flaws.put(
          key.key(), key.name() + ": private key does not match public key of " + cert.name());
    }
    List<X509Certificate> clientAuthorities = Pem.certificates(authorities);
    if (clientAuthorities.isEmpty() && !spec.clientCa().isEmpty()) {
      flaws.put(clientCa.key(), clientCa.name() + ": no certificate in the PEM text");
    }
    if (privateKey == null || !flaws.isEmpty()) {
      return null;
    }
    try {
      return TlsServerContext.of(
          spec,
          new ServerIdentity(privateKey, chain.toArray(new X509Certificate[0])),
          new ClientTrust(spec, anchors(clientAuthorities), clientAuthorities),
          http2);
    } catch (SSLException e) {
      flaws.put(cert.key(), cert.name() + ", " + key.name() + ": " + e.getMessage());
      return null;
    }
  }

  private @Nullable PrivateKey privateKey(String keys, Map<String, String> flaws) {
    try {
      return PrivateKeys.first(keys, Secret.NONE);
    } catch (GeneralSecurityException e) {
      flaws.put(key.key(), key.name() + ": " + e.getMessage());
      return null;
    }
  }

  private @Nullable Anchors anchors(List<X509Certificate> clientAuthorities) {
    if (!spec.clientAuth().isVerified()) {
      return null;
    }
    return spec.clientCa().isEmpty() ? SystemTrust.anchors() : new Anchors(clientAuthorities);
  }
}
