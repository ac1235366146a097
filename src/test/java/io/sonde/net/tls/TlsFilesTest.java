package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings whose certificates and keys stand in files. */
@ParameterizedClass
@EnumSource(TlsProvider.class)
class TlsFilesTest extends TlsMaterialFixture {
  TlsFilesTest(TlsProvider provider) {
    super(provider);
  }

  @Test
  void aFileIsReadBeforeTheFirstProbe() throws IOException {
    Path file = write("ca.pem", ROOT.pem());
    TlsMaterial material = material(ca(Source.file(file.toString())));
    assertFalse(material.isCompiled());
    materials.prepare();
    materials.awaitReady(Duration.ofSeconds(30));
    assertTrue(material.isCompiled());
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
  void aFileThatBreaksFailsProbesUntilItIsWhole() throws IOException {
    Path file = write("ca.pem", ROOT.pem());
    TlsMaterial material = material(ca(Source.file(file.toString())));
    probe(material, ROOT.server(HOST)).passed();
    for (String broken : List.of("", ROOT.pem().substring(0, 100), "\0".repeat(100))) {
      write("ca.pem", broken);
      assertConfigFailure(material, "ca_file " + file + ": no certificate in the PEM text");
    }
    write("ca.pem", ROOT.pem() + "x".repeat(1 << 20));
    assertConfigFailure(material, "ca_file " + file + ": larger than 1048576 bytes");
    write("ca.pem", ROOT.pem());
    probe(material, ROOT.server(HOST)).passed();
  }

  @Test
  void aCertificateWithoutItsNewKeyFailsProbesUntilTheKeyFollows() throws IOException {
    TestIdentity before = ROOT.server("before.example");
    TestIdentity after = ROOT.server("after.example");
    Path cert = write("cert.pem", before.certificatePem());
    Path key = write("key.pem", before.keyPem());
    TlsMaterial material = material(client(cert, key, Source.NONE));
    TlsContext first = context(material);
    write("cert.pem", after.certificatePem());
    assertConfigFailure(
        material,
        "cert_file "
            + cert
            + ", key_file "
            + key
            + ": client certificate and key do not belong together");
    Files.delete(key);
    assertConfigFailure(material, "key_file " + key + ": no such file or directory");
    write("key.pem", after.keyPem());
    assertNotSame(first, context(material));
  }

  @Test
  void aPkcs12FileServesAsCertificateAndKey() throws IOException {
    TestCa clients = TestCa.root("Clients");
    TestIdentity client = clients.intermediate("Between").server("client.example");
    Path file = folder.resolve("client.p12");
    Files.write(file, client.pkcs12("sesame").getBytes(StandardCharsets.ISO_8859_1));
    Path password = write("password", "sesame\n");
    TlsServer server =
        rig.closing(
            TlsServer.with(ROOT.server(HOST)).demandingClients(clients.certificate()).start());
    TlsMaterial material = material(client(file, file, Source.file(password.toString())));
    probe(material, server).passed();
    assertEquals(client.chain(), server.nextHandshake().clientChain());
    write("password", "barley");
    Outcome outcome = assertConfigFailure(material, "opens with this key_password");
    assertFalse(outcome.result().toString().contains("barley"));
  }

  private static TlsSpec client(Path cert, Path key, Source password) {
    return new TlsSpec(
        Source.inline(ROOT.pem()),
        Source.file(cert.toString()),
        Source.file(key.toString()),
        password,
        "",
        false,
        null,
        null);
  }

  @Test
  void aDirectoryIsNoFile() {
    assertConfigFailure(material(ca(Source.file(folder.toString()))), "ca_file " + folder + ": ");
  }
}
