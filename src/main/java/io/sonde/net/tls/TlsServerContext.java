package io.sonde.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.sonde.config.ClientAuth;
import io.sonde.config.TlsServerSpec;
import io.sonde.config.TlsVersion;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * One state of a server's TLS: certificate, rules for clients, versions. Sessions are not resumed:
 * scrapers keep their connections, and each handshake is to be judged by the rules in force.
 * Immutable; safe for use by many loops.
 */
public final class TlsServerContext {
  private static final int SESSION_SECONDS = 1;

  private final SslContext context;
  private final NamedGroups groups;
  private final Instant expiry;

  private TlsServerContext(SslContext context, NamedGroups groups, Instant expiry) {
    this.context = context;
    this.groups = groups;
    this.expiry = expiry;
  }

  static TlsServerContext of(
      TlsServerSpec spec, ServerIdentity identity, ClientTrust trust, boolean http2)
      throws SSLException {
    X509Certificate[] chain = identity.getCertificateChain(ClientIdentity.ALIAS);
    boolean boringSsl =
        TlsProvider.choose() == TlsProvider.BORINGSSL
            // BoringSSL signs with Ed25519 only for clients that it was told to expect.
            && !chain[0].getPublicKey().getAlgorithm().startsWith("Ed");
    SslContextBuilder builder =
        boringSsl
            ? SslContextBuilder.forServer(
                    new OpenSslCachingX509KeyManagerFactory(identity.asFactory()))
                .sslProvider(SslProvider.OPENSSL)
            : SslContextBuilder.forServer(identity).sslProvider(SslProvider.JDK);
    if (boringSsl && !spec.curves().isEmpty()) {
      builder.option(OpenSslContextOption.GROUPS, spec.curves().toArray(new String[0]));
    }
    SslContext context =
        builder
            .trustManager(trust)
            .clientAuth(nettyAuth(spec.clientAuth()))
            .protocols(versions(spec))
            .ciphers(cipherSuites(spec), SupportedCipherSuiteFilter.INSTANCE)
            .applicationProtocolConfig(
                BoringSslEngines.alpn(http2 ? List.of("h2", "http/1.1") : List.of("http/1.1")))
            .build();
    if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
      sessions.setSessionCacheEnabled(false);
    } else {
      // It knows no other way to forget.
      context.sessionContext().setSessionTimeout(SESSION_SECONDS);
    }
    return new TlsServerContext(
        context,
        boringSsl ? NamedGroups.USUAL : NamedGroups.of(spec.curves()),
        earliestExpiry(chain));
  }

  /** A handler for one connection that was accepted. */
  public SslHandler newHandler(ByteBufAllocator allocator) {
    SslHandler handler = context.newHandler(allocator);
    groups.apply(handler.engine());
    return handler;
  }

  /** When the first certificate of the chain that is shown expires. */
  public Instant certificateExpiry() {
    return expiry;
  }

  private static Instant earliestExpiry(X509Certificate[] chain) {
    return Arrays.stream(chain)
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private static io.netty.handler.ssl.ClientAuth nettyAuth(ClientAuth auth) {
    if (auth == ClientAuth.NONE) {
      return io.netty.handler.ssl.ClientAuth.NONE;
    }
    return auth.isRequired()
        ? io.netty.handler.ssl.ClientAuth.REQUIRE
        : io.netty.handler.ssl.ClientAuth.OPTIONAL;
  }

  /** Those that are wanted; older ones than TLS 1.3 only if a cipher suite is left for them. */
  private static List<String> versions(TlsServerSpec spec) {
    return Stream.of(TlsVersion.values())
        .filter(version -> version.compareTo(spec.minVersion()) >= 0)
        .filter(version -> version.compareTo(spec.maxVersion()) <= 0)
        .filter(version -> version == TlsVersion.TLS13 || !spec.onlyNewest())
        .map(TlsVersion::protocol)
        .toList();
  }

  /** What is configured, of TLS 1.2 and below; the suites of TLS 1.3 are not for choice. */
  private static List<String> cipherSuites(TlsServerSpec spec) {
    return spec.cipherSuites().isEmpty()
        ? Engines.CIPHER_SUITES
        : Stream.concat(
                spec.suitesBeforeTls13().stream(),
                Engines.CIPHER_SUITES.stream().filter(suite -> !suite.contains("_WITH_")))
            .toList();
  }
}
