package io.sonde.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.internal.tcnative.SSL;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Engines of BoringSSL. */
final class BoringSslEngines implements Engines {
  private final SslContext context;

  BoringSslEngines(Recipe recipe) throws SSLException {
    // OPENSSL contexts are freed by the garbage collector; counted ones would have to outlive
    // every probe that a reload leaves running.
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL)
            .protocols(recipe.versions())
            .ciphers(CIPHER_SUITES, SupportedCipherSuiteFilter.INSTANCE)
            .trustManager(recipe.trust())
            .endpointIdentificationAlgorithm(null);
    if (!recipe.applicationProtocols().isEmpty()) {
      builder.applicationProtocolConfig(alpn(recipe.applicationProtocols()));
    }
    ClientIdentity identity = recipe.identity();
    if (identity != null) {
      builder.keyManager(new OpenSslCachingX509KeyManagerFactory(identity.asFactory()));
    }
    context = builder.build();
    ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
  }

  @Override
  public SslHandler newHandler(ByteBufAllocator allocator, @Nullable String serverName) {
    // Without a peer's host and port no session can be found again.
    SslHandler handler = context.newHandler(allocator);
    if (serverName != null) {
      // By way of the engine's parameters it would cost more, and underscores would be refused.
      SSL.setTlsExtHostName(
          ((ReferenceCountedOpenSslEngine) handler.engine()).sslPointer(), serverName);
    }
    return handler;
  }

  /**
   * Negotiation of these protocols, preferred first; one that the peer does not know is no error.
   */
  static ApplicationProtocolConfig alpn(List<String> protocols) {
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }
}
