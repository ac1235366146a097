package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sonde.config.Secret;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.config.TlsVersion;
import io.sonde.probe.Verdict;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TlsProvider.class)
class TlsMaterialTest extends TlsMaterialFixture {
  TlsMaterialTest(TlsProvider provider) {
    super(provider);
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
}
