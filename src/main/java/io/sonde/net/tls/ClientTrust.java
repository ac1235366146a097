package io.sonde.net.tls;

import io.netty.util.NetUtil;
import io.sonde.config.TlsServerSpec;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges the certificates of clients as a server's settings want it. It has to be an extended trust
 * manager: platforms wrap plain ones with checks of their own.
 */
final class ClientTrust extends X509ExtendedTrustManager {
  /** Longer than any honest chain; each certificate may cost a signature check on a loop. */
  private static final int MAX_CHAIN = 10;

  /** Kinds of names (RFC 5280, section 4.2.1.6). */
  private static final int EMAIL = 1;

  private static final int HOST = 2;
  private static final int URI = 6;
  private static final int ADDRESS = 7;

  private final @Nullable ChainVerifier verifier;
  private final @Nullable List<String> wantedNames;
  private final X509Certificate[] authorities;

  /**
   * A judge.
   *
   * @param anchors what chains must lead to; null accepts any certificate
   * @param authorities whose certificates clients are told to show
   */
  ClientTrust(TlsServerSpec spec, @Nullable Anchors anchors, List<X509Certificate> authorities) {
    this.verifier = anchors == null ? null : new ChainVerifier(anchors, PeerRole.CLIENT);
    this.wantedNames = spec.clientSans();
    this.authorities = authorities.toArray(new X509Certificate[0]);
  }

  private void check(X509Certificate[] sent) throws CertificateException {
    if (sent.length > MAX_CHAIN) {
      throw new CertificateException("the client sent more than " + MAX_CHAIN + " certificates");
    }
    if (verifier != null) {
      ChainVerifier.Seen seen = verifier.look(sent);
      Verification.Problem problem =
          verifier.verify(seen, sent).problem(System.currentTimeMillis());
      if (problem != null) {
        throw new CertificateException(problem.message());
      }
    }
    if (wantedNames != null && !hasWantedName(sent[0], wantedNames)) {
      throw new CertificateException("the client's certificate has none of client_allowed_sans");
    }
  }

  private static boolean hasWantedName(X509Certificate certificate, List<String> wanted)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null) {
      return false;
    }
    for (List<?> name : names) {
      String text = text((Integer) name.get(0), name.get(1));
      if (text != null && wanted.contains(text)) {
        return true;
      }
    }
    return false;
  }

  /** A name as configurations write it; null if they cannot. */
  private static @Nullable String text(int type, Object value) {
    if (type == EMAIL || type == HOST || type == URI) {
      return value.toString();
    }
    byte[] address =
        type == ADDRESS ? NetUtil.createByteArrayFromIpAddressString(value.toString()) : null;
    return address == null ? null : NetUtil.bytesToIpAddress(address);
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    try {
      check(chain);
    } catch (CertificateException e) {
      throw PeerTrust.withAlert(e, engine);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkClientTrusted(chain, authType, (SSLEngine) null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType, (SSLEngine) null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this side is the server");
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.clone();
  }
}
