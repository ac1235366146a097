package io.sonde.net.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.CertificateVerifier;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The trust manager of a context: leaves each decision to the check of the handshake at hand,
 * because contexts are shared and only the handshake knows the name and the run. It has to be an
 * extended trust manager: platforms wrap plain ones with checks of their own.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  private final Map<SSLEngine, PeerCheck> checks = new ConcurrentHashMap<>();

  /** Makes {@code check} responsible for the peer of {@code engine}. */
  void expect(SSLEngine engine, PeerCheck check) {
    checks.put(engine, check);
  }

  /** Ends what {@link #expect} began. */
  void forget(SSLEngine engine) {
    checks.remove(engine);
  }

  /** How many handshakes are known. */
  int expected() {
    return checks.size();
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    PeerCheck check = engine == null ? null : checks.get(engine);
    if (check == null) {
      throw new CertificateException("no handshake is waiting for this certificate");
    }
    try {
      check.check(chain);
    } catch (CertificateException e) {
      throw withAlert(e, engine);
    }
  }

  /** What to throw: left to itself BoringSSL would tell the other side of an internal error. */
  static CertificateException withAlert(CertificateException e, @Nullable SSLEngine engine) {
    return engine instanceof ReferenceCountedOpenSslEngine
        ? new OpenSslCertificateException(
            e.getMessage(), e, CertificateVerifier.X509_V_ERR_CERT_REJECTED)
        : e;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkServerTrusted(chain, authType, (SSLEngine) null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType, (SSLEngine) null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this side is the client");
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
