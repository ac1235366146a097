package io.sonde.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.quic.BoringSSLContextOption;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engines of one compiled context for QUIC, which brings a BoringSSL of its own and
 * speaks TLS 1.3 only (RFC 9001).
 */
final class QuicEngines {
  /** The one application protocol that is spoken over QUIC (RFC 9114, section 3.1). */
  static final String PROTOCOL = "h3";

  /** What other clients offer; BoringSSL alone would leave out Ed25519 and P-521. */
  private static final String[] SIGNATURE_ALGORITHMS = {
    "rsa_pss_rsae_sha256",
    "ecdsa_secp256r1_sha256",
    "ed25519",
    "rsa_pss_rsae_sha384",
    "rsa_pss_rsae_sha512",
    "ecdsa_secp384r1_sha384",
    "ecdsa_secp521r1_sha512"
  };

  private final QuicSslContext context;

  /** Compiles a context; the versions and protocols of the recipe do not matter. */
  QuicEngines(Engines.Recipe recipe) {
    QuicSslContextBuilder builder =
        QuicSslContextBuilder.forClient()
            .trustManager(recipe.trust())
            .endpointIdentificationAlgorithm(null)
            .applicationProtocols(PROTOCOL)
            .option(BoringSSLContextOption.SIGNATURE_ALGORITHMS, SIGNATURE_ALGORITHMS)
            .sessionCacheSize(0);
    ClientIdentity identity = recipe.identity();
    if (identity != null) {
      builder.keyManager(identity, null);
    }
    context = builder.build();
  }

  /** An engine for one connection. */
  QuicSslEngine newEngine(ByteBufAllocator allocator, @Nullable String serverName) {
    QuicSslEngine engine = context.newEngine(allocator);
    if (serverName != null) {
      IndicatedName.set(engine, serverName);
    }
    return engine;
  }

  /**
   * The server name of an engine. Netty takes it from the peer's host, but indicates no name that
   * has no dot, such as {@code localhost} or that of a service in a cluster, and fails if it has an
   * underscore; there is no other way in than the field.
   */
  private static final class IndicatedName {
    private static final Field FIELD = field();

    static void set(QuicSslEngine engine, String name) {
      try {
        FIELD.set(engine, name);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Field field() {
      try {
        Class<?> type =
            Class.forName(
                "io.netty.handler.codec.quic.QuicheQuicSslEngine",
                false,
                QuicSslEngine.class.getClassLoader());
        Field field = type.getDeclaredField("tlsHostName");
        field.setAccessible(true);
        return field;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("expected another version of Netty", e);
      }
    }
  }
}
