package io.sonde.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Engines of the JDK. */
final class JdkEngines implements Engines {
  private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";
  private static final String DISABLED_ALGORITHMS = "jdk.tls.disabledAlgorithms";

  private final SSLContext context;
  private final String[] versions;
  private final String[] cipherSuites;
  private final String[] applicationProtocols;

  JdkEngines(Recipe recipe) throws GeneralSecurityException {
    context = SSLContext.getInstance("TLS");
    ClientIdentity identity = recipe.identity();
    context.init(
        identity == null ? null : new KeyManager[] {identity},
        new TrustManager[] {recipe.trust()},
        null);
    versions = recipe.versions().toArray(new String[0]);
    applicationProtocols = recipe.applicationProtocols().toArray(new String[0]);
    Set<String> supported = Set.of(context.getSupportedSSLParameters().getCipherSuites());
    cipherSuites = CIPHER_SUITES.stream().filter(supported::contains).toArray(String[]::new);
  }

  /**
   * Lets the JDK speak TLS 1.0 and 1.1, which modules may ask for; nobody gets them unasked. The
   * JDK reads the property once, when the first of its TLS classes is loaded, so this comes first.
   * So does that clients of ours may not begin a handshake anew, which costs them little and us
   * much.
   */
  static void setUp() {
    System.setProperty(NO_RENEGOTIATION, "true");
    String disabled = Security.getProperty(DISABLED_ALGORITHMS);
    if (disabled != null) {
      Security.setProperty(
          DISABLED_ALGORITHMS,
          Arrays.stream(disabled.split(","))
              .map(String::trim)
              .filter(name -> !name.equals("TLSv1") && !name.equals("TLSv1.1"))
              .collect(Collectors.joining(", ")));
    }
  }

  @Override
  public SslHandler newHandler(ByteBufAllocator allocator, @Nullable String serverName) {
    // Without a peer's host and port no session can be found again.
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = new SSLParameters(cipherSuites, versions);
    parameters.setApplicationProtocols(applicationProtocols);
    parameters.setServerNames(serverName == null ? List.of() : List.of(new Indication(serverName)));
    engine.setSSLParameters(parameters);
    return new SslHandler(engine);
  }

  /** A name as it is. */
  private static final class Indication extends SNIServerName {
    Indication(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
    }
  }
}
