package io.sonde.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes the engines of one compiled context: versions, ciphers, protocols, client identity. */
interface Engines {
  /**
   * What modern clients offer up to TLS 1.2: authenticated encryption first, CBC with SHA-1 for old
   * servers, always with an ephemeral key; then the three of TLS 1.3. Netty's default is shorter,
   * and fails against servers that other clients reach.
   */
  List<String> CIPHER_SUITES =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256");

  /**
   * What a context is compiled from.
   *
   * @param versions names of protocols as Java has them, not empty
   * @param applicationProtocols what to offer by ALPN (RFC 7301); empty leaves the extension out
   */
  record Recipe(
      List<String> versions,
      List<String> applicationProtocols,
      @Nullable ClientIdentity identity,
      PeerTrust trust) {}

  /** A handler for one connection that begins its handshake when it is added to a pipeline. */
  SslHandler newHandler(ByteBufAllocator allocator, @Nullable String serverName);

  /** Compiles a context. */
  static Engines compile(TlsProvider provider, Recipe recipe)
      throws SSLException, GeneralSecurityException {
    return provider == TlsProvider.BORINGSSL
        ? new BoringSslEngines(recipe)
        : new JdkEngines(recipe);
  }
}
