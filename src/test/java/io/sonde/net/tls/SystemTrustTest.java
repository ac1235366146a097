package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SystemTrustTest {
  private static final String HOST = "host.example";
  private static final TestCa ONE = TestCa.root("One");
  private static final TestCa TWO = TestCa.root("Two");

  @RegisterExtension final ProbeRig rig = new ProbeRig();

  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private final Path certificates;

  SystemTrustTest(@TempDir Path folder) {
    this.folder = folder;
    this.certificates = folder.resolve("certs");
  }

  @BeforeEach
  void begin() throws IOException {
    Files.createDirectory(certificates);
    environment.put("SSL_CERT_FILE", folder.resolve("none.pem").toString());
    environment.put("SSL_CERT_DIR", certificates.toString());
  }

  @Test
  void theNamedFileIsTrusted() throws Exception {
    environment.put("SSL_CERT_FILE", write(folder, "bundle.pem", ONE.pem() + TWO.pem()));
    ChainVerifier verifier = current(trust());
    assertTrusted(verifier, ONE);
    assertTrusted(verifier, TWO);
    assertUntrusted(verifier, TestCa.root("Three"));
  }

  @Test
  void everyFileOfTheNamedDirectoriesIsTrustedToo() throws Exception {
    environment.put("SSL_CERT_FILE", write(folder, "bundle.pem", ONE.pem()));
    Path other = Files.createDirectory(folder.resolve("other"));
    environment.put("SSL_CERT_DIR", certificates + ":" + folder.resolve("missing") + ":" + other);
    TestCa three = TestCa.root("Three");
    write(certificates, "two.crt", TWO.pem());
    write(other, "three", three.pem());
    ChainVerifier verifier = current(trust());
    assertTrusted(verifier, ONE);
    assertTrusted(verifier, TWO);
    assertTrusted(verifier, three);
  }

  @Test
  void linksAreFollowedUnlessTheyOnlyRenameANeighbour() throws Exception {
    Path elsewhere = Path.of(write(folder, "one.pem", ONE.pem()));
    Files.createSymbolicLink(certificates.resolve("one.pem"), elsewhere);
    write(certificates, "two.pem", TWO.pem());
    Files.createSymbolicLink(certificates.resolve("0123abcd.0"), Path.of("two.pem"));
    ChainVerifier verifier = current(trust());
    assertTrusted(verifier, ONE);
    assertTrusted(verifier, TWO);
  }

  @Test
  void brokenFilesAreSkipped() throws Exception {
    write(
        certificates, "broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
    write(certificates, "readme", "nothing");
    Files.createSymbolicLink(certificates.resolve("gone"), folder.resolve("gone"));
    write(certificates, "one.pem", ONE.pem());
    assertTrusted(current(trust()), ONE);
  }

  @Test
  void whereThereIsNothingNothingIsTrusted() throws Exception {
    ChainVerifier verifier = current(trust());
    Verification.Problem problem = problem(verifier, ONE);
    assertEquals(Reason.CERT_UNTRUSTED, problem == null ? null : problem.reason());
    assertTrue(String.valueOf(problem).contains("no system certificates were found"));
  }

  @Test
  void theFilesAreReadOnce() throws Exception {
    write(certificates, "one.pem", ONE.pem());
    SystemTrust trust = trust(Duration.ofHours(1));
    ChainVerifier first = current(trust);
    write(certificates, "two.pem", TWO.pem());
    assertSame(first, current(trust));
  }

  @Test
  void aChangeIsNoticedByALaterProbe() throws Exception {
    write(certificates, "one.pem", ONE.pem());
    SystemTrust trust = trust(Duration.ZERO);
    ChainVerifier first = current(trust);
    write(certificates, "two.pem", TWO.pem());
    ChainVerifier later = awaitOther(trust, first);
    assertNotSame(first, later);
    assertTrusted(later, TWO);
  }

  @Test
  void noChangeKeepsWhatIsKnown() throws Exception {
    write(certificates, "one.pem", ONE.pem());
    SystemTrust trust = trust(Duration.ZERO);
    ChainVerifier first = current(trust);
    for (int i = 0; i < 10; i++) {
      assertSame(first, current(trust));
    }
  }

  private ChainVerifier awaitOther(SystemTrust trust, ChainVerifier first) {
    // Each look is asked for by a probe and made in the background.
    for (int i = 0; i < 10_000; i++) {
      ChainVerifier now = current(trust);
      if (now != first) {
        return now;
      }
    }
    throw new AssertionError("expected the change to be noticed");
  }

  private SystemTrust trust() {
    return trust(Duration.ofHours(1));
  }

  private SystemTrust trust(Duration lookAgainAfter) {
    return new SystemTrust(rig.closing(new BlockingWork()), environment::get, lookAgainAfter);
  }

  private ChainVerifier current(SystemTrust trust) {
    List<ChainVerifier> found = new ArrayList<>();
    rig.probing(
            run ->
                trust
                    .current(run)
                    .thenApply(
                        verifier -> {
                          assertTrue(run.loop().inEventLoop());
                          found.add(verifier);
                          return Verdict.PASSED;
                        }),
            ModuleConfig.empty("trust"))
        .passes();
    return found.get(0);
  }

  private static void assertTrusted(ChainVerifier verifier, TestCa ca) throws Exception {
    assertNull(problem(verifier, ca));
  }

  private static void assertUntrusted(ChainVerifier verifier, TestCa ca) throws Exception {
    Verification.Problem problem = problem(verifier, ca);
    assertEquals(Reason.CERT_UNTRUSTED, problem == null ? null : problem.reason());
  }

  private static Verification.@Nullable Problem problem(ChainVerifier verifier, TestCa ca)
      throws Exception {
    TestIdentity server = ca.server(HOST);
    X509Certificate[] sent = server.chain().toArray(new X509Certificate[0]);
    ChainVerifier.Seen seen = verifier.look(sent);
    return verifier.verify(seen, sent).problem(seen.chain(), HOST, System.currentTimeMillis());
  }

  private static String write(Path directory, String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
