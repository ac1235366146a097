package io.sonde.net.tls;

import org.jspecify.annotations.Nullable;

/**
 * What a handshake came to.
 *
 * @param version such as {@code TLS 1.3}
 * @param cipher the IANA name of the cipher suite
 * @param applicationProtocol what ALPN chose, or null
 * @param chain what the peer sent
 * @param lastChainExpirySeconds the end of the verified chain that lives longest, in Unix seconds;
 *     {@link #NOT_VERIFIED} if the peer was not verified
 */
public record TlsSession(
    String version,
    String cipher,
    @Nullable String applicationProtocol,
    PeerChain chain,
    long lastChainExpirySeconds) {
  /**
   * The first second of the year 1, which is what Go prints of a time that nobody set; dashboards
   * know it as "not verified".
   */
  public static final long NOT_VERIFIED = -62_135_596_800L;
}
