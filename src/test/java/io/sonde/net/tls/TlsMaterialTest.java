package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Secret;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.config.TlsVersion;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.Phase;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TlsProvider.class)
class TlsMaterialTest {
  private static final String HOST = "host.example";
  private static final TestCa ROOT = TestCa.root("Root");

  @RegisterExtension final ProbeRig rig = new ProbeRig();

  @TempDir Path folder;

  private final TlsProvider provider;
  private TlsMaterials materials;

  @SuppressWarnings("NullAway.Init") // folder and materials are set before each test.
  TlsMaterialTest(TlsProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void begin() {
    BlockingWork work = rig.closing(new BlockingWork());
    materials = new TlsMaterials(provider, work, new SystemTrust(work));
  }

  @Test
  void inlineSettingsAreReadyAtOnce() {
    TlsMaterial material = material(ca(Source.inline(ROOT.pem())));
    List<TlsContext> contexts = new ArrayList<>();
    probing(
        run -> {
          // Done before it returns: no thread was asked.
          contexts.add(material.current(run).toCompletableFuture().getNow(null));
          return material.current(run).thenApply(context -> Verdict.PASSED);
        });
    assertNotNull(contexts.get(0));
    assertNull(material.problem());
  }

  @Test
  void equalSettingsShareOneMaterial() {
    TlsMaterial one = material(ca(Source.inline(ROOT.pem())));
    assertSame(one, material(ca(Source.inline(ROOT.pem()))));
    assertNotSame(one, materials.of(ca(Source.inline(ROOT.pem())), List.of("h2")));
    assertNotSame(one, material(ca(Source.inline(TestCa.root("Other").pem()))));
  }

  @Test
  void theConfiguredNameGoesFirst() {
    assertEquals("target", material(TlsSpec.DEFAULT).nameFor("target"));
    assertEquals("set", material(TlsSpec.DEFAULT.withServerName("set")).nameFor("target"));
  }

  @Test
  void aFileIsReadWhenTheProbeRuns() throws IOException {
    Path file = write("ca.pem", ROOT.pem());
    TlsMaterial material = material(ca(Source.file(file.toString())));
    probe(material, ROOT.server(HOST)).passed();
  }

  @Test
  void anUnchangedFileKeepsItsContext() throws IOException {
    Path file = write("ca.pem", ROOT.pem());
    TlsMaterial material = material(ca(Source.file(file.toString())));
    TlsContext first = context(material);
    assertSame(first, context(material));
    write("ca.pem", ROOT.pem());
    assertSame(first, context(material));
  }

  @Test
  void aFileThatChangedIsReadAgain() throws IOException {
    TestCa other = TestCa.root("Other");
    write("ca.pem", ROOT.pem());
    TlsMaterial material = material(ca(Source.file(folder.resolve("ca.pem").toString())));
    probe(material, ROOT.server(HOST)).passed();
    write("ca.pem", other.pem());
    probe(material, ROOT.server(HOST)).failedIn(Phase.TLS, Reason.CERT_UNTRUSTED);
    probe(material, other.server(HOST)).passed();
  }

  @Test
  void aFileThatAppearsIsRead() throws IOException {
    Path file = folder.resolve("ca.pem");
    TlsMaterial material = material(ca(Source.file(file.toString())));
    assertConfigFailure(material, "ca_file " + file + ": no such file or directory");
    write("ca.pem", ROOT.pem());
    probe(material, ROOT.server(HOST)).passed();
    Files.delete(file);
    assertConfigFailure(material, "ca_file " + file + ": no such file or directory");
  }

  @Test
  void aRotatedClientCertificateIsShownAtTheNextProbe() throws IOException {
    TestCa clients = TestCa.root("Clients");
    TlsServer server =
        rig.closing(
            TlsServer.with(ROOT.server(HOST)).demandingClients(clients.certificate()).start());
    Path cert = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    TlsMaterial material =
        material(
            new TlsSpec(
                Source.inline(ROOT.pem()),
                Source.file(cert.toString()),
                Source.file(key.toString()),
                "",
                false,
                null,
                null));
    for (int i = 0; i < 2; i++) {
      TestIdentity client = clients.server("client" + i + ".example");
      write("cert.pem", client.certificatePem());
      write("key.pem", client.keyPem());
      probe(material, server).passed();
      assertEquals(client.chain(), server.nextHandshake().clientChain());
    }
  }

  @Test
  void aKeyWithoutItsCertificateIsNamedButNotQuoted() throws IOException {
    TestIdentity client = ROOT.server("client.example");
    Path key = write("key.pem", ROOT.server("other.example").keyPem());
    TlsMaterial material =
        material(
            new TlsSpec(
                Source.NONE,
                Source.inline(client.certificatePem()),
                Source.file(key.toString()),
                "",
                false,
                null,
                null));
    Outcome outcome =
        assertConfigFailure(
            material, "cert, key_file " + key + ": client certificate and key do not belong");
    String text = String.valueOf(outcome.result().verdict());
    assertFalse(text.contains("BEGIN"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "not PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
  void anchorsWithoutACertificateAreRefused(String text) throws IOException {
    Path file = write("ca.pem", text);
    assertConfigFailure(
        material(ca(Source.file(file.toString()))),
        "ca_file " + file + ": no certificate in the PEM text");
  }

  @Test
  void aProblemOfInlineSettingsIsKnownAtLoad() {
    TlsMaterial material = material(ca(Source.inline("not PEM")));
    assertEquals("tls_config: ca: no certificate in the PEM text", material.problem());
    assertConfigFailure(material, "ca: no certificate in the PEM text");
  }

  @Test
  void referencesAreRefused() {
    Source reference = new Source(Secret.NONE, "", "vault");
    assertConfigFailure(material(ca(reference)), "ca_ref needs a secret manager");
    assertConfigFailure(
        material(
            new TlsSpec(Source.NONE, Source.inline(ROOT.pem()), reference, "", false, null, null)),
        "key_ref needs a secret manager");
  }

  @Test
  void aRangeOfVersionsTheWrongWayRoundIsRefused() {
    assertConfigFailure(
        material(
            new TlsSpec(
                Source.NONE,
                Source.NONE,
                Source.NONE,
                "",
                true,
                TlsVersion.TLS13,
                TlsVersion.TLS12)),
        "max_version TLS12 is below min_version TLS13");
  }

  @Test
  void aDirectoryIsNoFile() {
    assertConfigFailure(material(ca(Source.file(folder.toString()))), "ca_file " + folder + ": ");
  }

  private Outcome assertConfigFailure(TlsMaterial material, String text) {
    Outcome outcome = probing(run -> material.current(run).thenApply(context -> Verdict.PASSED));
    return outcome.failedIn(Phase.SETUP, Reason.CONFIG).saying(text);
  }

  private TlsContext context(TlsMaterial material) {
    List<TlsContext> contexts = new ArrayList<>();
    probing(
            run ->
                material
                    .current(run)
                    .thenApply(
                        context -> {
                          assertTrue(run.loop().inEventLoop());
                          contexts.add(context);
                          return Verdict.PASSED;
                        }))
        .passed();
    return contexts.get(0);
  }

  private Outcome probing(Prober prober) {
    return rig.probing(prober, ModuleConfig.empty("tls")).ends();
  }

  private Outcome probe(TlsMaterial material, TestIdentity server) {
    return probe(material, rig.closing(TlsServer.of(server)));
  }

  private Outcome probe(TlsMaterial material, TlsServer server) {
    return rig.probing(
            new HandshakeProber(rig.transport(), material, HOST), ModuleConfig.empty("tls"))
        .at(String.valueOf(server.port()))
        .ends();
  }

  private TlsMaterial material(TlsSpec spec) {
    return materials.of(spec, List.of());
  }

  private static TlsSpec ca(Source source) {
    return new TlsSpec(source, Source.NONE, Source.NONE, "", false, null, null);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
