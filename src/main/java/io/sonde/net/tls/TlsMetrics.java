package io.sonde.net.tls;

import io.sonde.probe.Metric;
import io.sonde.probe.Samples;

/** Which certificate and TLS families a prober exposes; writes them. */
public enum TlsMetrics {
  /** All of them. */
  HTTP(true, true),
  /** All but the cipher; for unix sockets as well. */
  TCP(true, false),
  /** Neither the cipher nor the last chain's expiry. */
  GRPC(false, false);

  private final boolean lastChainExpiry;
  private final boolean cipher;

  TlsMetrics(boolean lastChainExpiry, boolean cipher) {
    this.lastChainExpiry = lastChainExpiry;
    this.cipher = cipher;
  }

  /**
   * Writes what a chain tells whether or not it is trusted, so that an expired certificate still
   * shows its date. A second chain in one probe replaces the first.
   */
  public void presented(Samples samples, PeerChain chain) {
    samples.clear(Metric.PROBE_SSL_LAST_CHAIN_INFO);
    samples.set(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, (double) chain.earliestExpirySeconds());
    samples.set(Metric.PROBE_SSL_LAST_CHAIN_INFO, chain.leafLabels(), 1);
  }

  /** Writes everything about a handshake that succeeded; the last one of a probe wins. */
  public void established(Samples samples, TlsSession session) {
    presented(samples, session.chain());
    if (lastChainExpiry) {
      samples.set(
          Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS,
          (double) session.lastChainExpirySeconds());
    }
    samples.clear(Metric.PROBE_TLS_VERSION_INFO);
    samples.set(Metric.PROBE_TLS_VERSION_INFO, session.version(), 1);
    if (cipher) {
      samples.clear(Metric.PROBE_TLS_CIPHER_INFO);
      samples.set(Metric.PROBE_TLS_CIPHER_INFO, session.cipher(), 1);
    }
  }
}
