package io.sonde.net.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Judges the peer of one handshake. */
interface PeerCheck {
  /**
   * Accepts the peer by returning.
   *
   * @param sent what it sent, its own certificate first
   * @throws CertificateException to end the handshake
   */
  void check(X509Certificate[] sent) throws CertificateException;
}
