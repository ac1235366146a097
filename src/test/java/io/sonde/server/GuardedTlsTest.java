package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ConfigException;
import io.sonde.server.guard.WebGuard;
import io.sonde.telemetry.WebStats;
import io.sonde.telemetry.WebStats.HandshakeFailure;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS of the server: what it shows, how that changes, and who is turned away. */
class GuardedTlsTest {
  @TempDir private Path folder;

  private static BigInteger serial(SSLSocket socket) throws SSLException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
  }

  private static int ask(SSLSocket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /-/healthy HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    byte[] rest = new byte[4096];
    assertTrue(socket.getInputStream().read(rest) > 0);
    return Integer.parseInt(new String(status, StandardCharsets.US_ASCII).substring(9));
  }

  @Test
  void requestsAreAnsweredOverTls() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.TLS + GuardRig.USERS)) {
      assertEquals(401, rig.getTls("/-/healthy", null).statusCode());
      assertEquals(
          "Healthy",
          rig.getTls("/-/healthy", null, "Authorization", GuardRig.basic("prom", "hello")).body());
    }
  }

  @Test
  void anInlinePairIsShownAsWellAsOneOfFiles() throws Exception {
    TestIdentity identity = TestCa.root("inline").issue("CN=a").ip("127.0.0.1").issue();
    String config =
        "tls_server_config:\n  cert: |\n"
            + identity.certificatePem().indent(4)
            + "  key: |\n"
            + identity.keyPem().indent(4);
    try (GuardRig rig = new GuardRig(folder, config)) {
      SSLException refused = assertThrows(SSLException.class, rig::connectTls);
      assertTrue(
          String.valueOf(refused.getMessage()).contains("ignature"), "another authority signed it");
      assertEquals(identity.certificate().getNotAfter().toInstant(), rig.stats.certificateExpiry());
    }
  }

  @Test
  void plainHttpIsToldToUseTls() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.TLS);
        Client client = rig.server.connect()) {
      client.raw("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n");
      assertEquals(
          "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
          client.rest());
      assertEquals(1, rig.stats.failures(HandshakeFailure.PLAIN_HTTP));
    }
  }

  @Test
  void aNewCertificateIsShownToNewClientsAndOldConnectionsLive() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.TLS);
        SSLSocket before = rig.connectTls()) {
      BigInteger old = serial(before);
      assertEquals(200, ask(before));
      rig.show(rig.identity());
      rig.guard.look();
      try (SSLSocket after = rig.connectTls()) {
        assertNotEquals(old, serial(after));
        assertEquals(200, ask(after));
      }
      assertEquals(200, ask(before));
    }
  }

  @Test
  void aHalfWrittenPairLeavesTheOldOneInForce() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.TLS)) {
      TestIdentity next = rig.identity();
      BigInteger old;
      try (SSLSocket before = rig.connectTls()) {
        old = serial(before);
      }
      rig.write("web.crt", next.certificatePem());
      rig.guard.look();
      rig.guard.look();
      assertEquals(false, rig.load().successful());
      try (SSLSocket between = rig.connectTls()) {
        assertEquals(old, serial(between));
      }
      rig.write("web.key", next.keyPem());
      rig.guard.look();
      try (SSLSocket after = rig.connectTls()) {
        assertEquals(next.certificate().getSerialNumber(), serial(after));
      }
      assertEquals(true, rig.load().successful());
      assertEquals(next.certificate().getNotAfter().toInstant(), rig.stats.certificateExpiry());
    }
  }

  @Test
  void tlsIsNotSwitchedOffWhileRunning() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.TLS)) {
      rig.write("web.yml", "");
      rig.guard.look();
      rig.guard.look();
      assertEquals(false, rig.load().successful());
      assertEquals(200, rig.getTls("/-/healthy", null).statusCode());
    }
  }

  @Test
  void keysOfEveryKindServe() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.TLS)) {
      for (KeyPair keys :
          List.of(TestCertificate.rsa(2048), TestCertificate.p521(), TestCertificate.ed25519())) {
        TestIdentity identity = rig.ca.issue("CN=web").ip("127.0.0.1").keys(keys).issue();
        rig.show(identity);
        rig.guard.look();
        assertEquals(
            200, rig.getTls("/-/healthy", null).statusCode(), keys.getPublic().getAlgorithm());
      }
    }
  }

  @Test
  void versionsAreThoseThatAreConfigured() throws Exception {
    String only12 =
        "tls_server_config: {cert_file: web.crt, key_file: web.key, max_version: TLS12,"
            + " cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384],"
            + " curve_preferences: [CurveP384]}";
    try (GuardRig rig = new GuardRig(folder, only12);
        SSLSocket socket = rig.connectTls()) {
      assertEquals("TLSv1.2", socket.getSession().getProtocol());
      assertEquals("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", socket.getSession().getCipherSuite());
    }
  }

  @Test
  void suitesOfTls13AloneLeaveNoOlderVersion() throws Exception {
    String only13 =
        "tls_server_config: {cert_file: web.crt, key_file: web.key,"
            + " cipher_suites: [TLS_AES_128_GCM_SHA256]}";
    try (GuardRig rig = new GuardRig(folder, only13);
        SSLSocket socket =
            (SSLSocket)
                rig.trusting(null)
                    .getSocketFactory()
                    .createSocket("127.0.0.1", rig.server.port())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThrows(IOException.class, socket::startHandshake);
    }
  }

  @Test
  void everythingThatFilesLackIsToldAtStart() throws Exception {
    new GuardRig(folder, GuardRig.TLS).close();
    Files.writeString(folder.resolve("web.crt"), "");
    Files.delete(folder.resolve("web.key"));
    ConfigException failure =
        assertThrows(
            ConfigException.class, () -> WebGuard.load(folder.resolve("web.yml"), new WebStats()));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("failed to read key_file " + folder.resolve("web.key")), message);
    assertTrue(message.contains("no such file or directory"), message);
    assertEquals(1, failure.problems().get(0).line());
  }
}
