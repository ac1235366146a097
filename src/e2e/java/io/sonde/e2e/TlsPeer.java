package io.sonde.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS as the JDK serves it, for peers that tell what they learnt: version, cipher, the name asked
 * for, the protocols offered, the client's certificates.
 */
final class TlsPeer {
  private static final char[] PASSWORD = "loopback".toCharArray();

  private TlsPeer() {}

  /** Lets this JVM speak the versions that it switches off; to be called before any TLS. */
  static void allowOldVersions() {
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
  }

  /**
   * An unbound server socket that asks for a client certificate from the authority in {@code
   * named}, and takes any.
   *
   * @param keyStore PKCS#12, password {@code loopback}
   */
  static ServerSocket socket(Path keyStore, Path named, String... versions) throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD);
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(keys, PASSWORD);
      X509Certificate authority;
      try (var in = Files.newInputStream(named)) {
        authority =
            (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          factory.getKeyManagers(), new X509ExtendedTrustManager[] {new Anyone(authority)}, null);
      SSLServerSocket socket =
          (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setWantClientAuth(true);
      parameters.setProtocols(versions);
      socket.setSSLParameters(parameters);
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Shakes hands, prefers a protocol if it is offered, and returns what there is to tell. */
  static List<String> handshake(SSLSocket socket, String protocol) throws IOException {
    List<String> offered = new ArrayList<>();
    socket.setHandshakeApplicationProtocolSelector(
        (self, protocols) -> {
          offered.addAll(protocols);
          return protocols.contains(protocol) ? protocol : "";
        });
    socket.startHandshake();
    ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
    return List.of(
        "version: " + session.getProtocol(),
        "cipher: " + session.getCipherSuite(),
        "name: " + session.getRequestedServerNames(),
        "protocols: " + offered,
        "client: " + clients(session));
  }

  private static List<String> clients(ExtendedSSLSession session) {
    List<String> names = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        names.add(((X509Certificate) certificate).getSubjectX500Principal().getName());
      }
    } catch (SSLPeerUnverifiedException ignored) {
      // It presented none, and the empty list says so.
    }
    return names;
  }

  /** Names one authority, as servers do, and yet lets everybody in. */
  private static final class Anyone extends X509ExtendedTrustManager {
    private final X509Certificate named;

    Anyone(X509Certificate named) {
      this.named = named;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {named};
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
  }
}
