package io.sonde.net.dns;

import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.ProbeRig;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the resolver have in common: one scripted name server, and files of their own. */
abstract class ResolverClaims {
  @RegisterExtension final ProbeRig rig = new ProbeRig();
  @TempDir Path directory;
  DnsPeer peer;
  LookupRig lookups;

  @BeforeEach
  void open() {
    peer = rig.closing(DnsPeer.listening());
    lookups = new LookupRig(rig, directory, peer);
  }
}
