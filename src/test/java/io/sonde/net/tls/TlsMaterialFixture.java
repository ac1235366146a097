package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A folder for the files of modules, and probes that use them. */
abstract class TlsMaterialFixture {
  static final String HOST = "host.example";
  static final TestCa ROOT = TestCa.root("Root");

  @RegisterExtension final ProbeRig rig = new ProbeRig();

  @TempDir Path folder;

  private final TlsProvider provider;
  TlsMaterials materials;

  @SuppressWarnings("NullAway.Init") // folder and materials are set before each test.
  TlsMaterialFixture(TlsProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void begin() {
    BlockingWork work = rig.closing(new BlockingWork());
    materials = new TlsMaterials(provider, work, new SystemTrust(work));
  }

  Outcome assertConfigFailure(TlsMaterial material, String text) {
    Outcome outcome = probing(run -> material.current(run).thenApply(context -> Verdict.PASSED));
    return outcome.failedIn(Phase.SETUP, Reason.CONFIG).saying(text);
  }

  TlsContext context(TlsMaterial material) {
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

  Outcome probing(Prober prober) {
    return rig.probing(prober, ModuleConfig.empty("tls")).ends();
  }

  Outcome probe(TlsMaterial material, TestIdentity server) {
    return probe(material, rig.closing(TlsServer.of(server)));
  }

  Outcome probe(TlsMaterial material, TlsServer server) {
    return rig.probing(
            new HandshakeProber(rig.transport(), material, HOST), ModuleConfig.empty("tls"))
        .at(String.valueOf(server.port()))
        .ends();
  }

  TlsMaterial material(TlsSpec spec) {
    return materials.of(spec, List.of());
  }

  static TlsSpec ca(Source source) {
    return new TlsSpec(source, Source.NONE, Source.NONE, "", false, null, null);
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
