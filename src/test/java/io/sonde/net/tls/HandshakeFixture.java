package io.sonde.net.tls;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.config.TlsVersion;
import io.sonde.net.file.BlockingWork;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests of handshakes share: an authority, a server of it, and modules that trust it. */
abstract class HandshakeFixture {
  static final String HOST = "host.example";
  static final TestCa ROOT = TestCa.root("Root");
  static final TestIdentity SERVER = ROOT.server(HOST);

  @RegisterExtension final ProbeRig rig = new ProbeRig();

  final TlsProvider provider;

  HandshakeFixture(TlsProvider provider) {
    this.provider = provider;
  }

  static double expiry(TestIdentity identity) {
    return (double) identity.certificate().getNotAfter().toInstant().getEpochSecond();
  }

  static TlsSpec trusting() {
    return new TlsSpec(Source.inline(ROOT.pem()), Source.NONE, Source.NONE, "", false, null, null);
  }

  static TlsSpec insecure() {
    return new TlsSpec(Source.NONE, Source.NONE, Source.NONE, "", true, null, null);
  }

  static TlsSpec withVersions(@Nullable TlsVersion min, @Nullable TlsVersion max) {
    return new TlsSpec(Source.inline(ROOT.pem()), Source.NONE, Source.NONE, "", false, min, max);
  }

  static TlsSpec showing(TestIdentity client) {
    return new TlsSpec(
        Source.inline(ROOT.pem()),
        Source.inline(client.certificatePem()),
        Source.inline(client.keyPem()),
        "",
        false,
        null,
        null);
  }

  HandshakeProber prober(TlsSpec spec, String name) {
    return prober(spec, List.of(), name);
  }

  HandshakeProber prober(TlsSpec spec, List<String> protocols, String name) {
    return new HandshakeProber(rig.transport(), material(spec, protocols), name);
  }

  TlsMaterial material(TlsSpec spec, List<String> protocols) {
    BlockingWork work = rig.closing(new BlockingWork());
    return new TlsMaterials(provider, work, new SystemTrust(work)).of(spec, protocols);
  }

  TlsServer server(TestIdentity identity) {
    return rig.closing(TlsServer.of(identity));
  }

  static TlsServer.Settings settings(TestIdentity identity) {
    return TlsServer.with(identity);
  }

  Outcome probe(HandshakeProber prober, TlsServer server) {
    return probe(prober, rig.closing(server).port());
  }

  Outcome probe(HandshakeProber prober, int port) {
    return rig.probing(prober, module()).at(String.valueOf(port)).ends();
  }

  static ModuleConfig module() {
    return ModuleConfig.empty("tls");
  }
}
