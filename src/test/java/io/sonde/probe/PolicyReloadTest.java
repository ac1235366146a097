package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.FileFolders;
import io.sonde.config.PolicyPreset;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import io.sonde.testkit.Running;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A policy that changes while probes are under way. */
class PolicyReloadTest {
  private static final String MODULES = "modules: {m: {prober: http}}\n";
  private static final String REMOTE = "target_policy: {preset: remote}\n";

  @RegisterExtension final ProbeRig rig = new ProbeRig();
  private Probers probers;

  @BeforeEach
  void open() {
    Network network = rig.closing(new Network());
    probers =
        rig.closing(
            new Probers(
                rig.transport(),
                network.work(),
                (transport, work) -> network.addresses().resolvers(),
                1 << 20,
                FileFolders.ANY,
                PolicyPreset.OFF));
  }

  @Test
  void aProbeUnderWayKeepsThePolicyThatItBeganWith() throws Exception {
    Peer second = rig.closing(HttpPeer.answering(HttpPeer.ok("hi")));
    Peer first =
        rig.closing(
            Peer.listening()
                .readsUntil(HttpPeer.END_OF_HEAD)
                .waitsForCue()
                .sends(HttpPeer.redirect(302, "http://" + second.address() + "/"))
                .closes());
    ModuleTable open = table(MODULES, ModuleTable.EMPTY);
    Running underWay = probing(open).at("http://" + first.address()).starts();
    first.awaitCuePoint();
    ModuleTable closed = table(MODULES + REMOTE, open);
    probing(closed)
        .at("http://" + second.address())
        .failsIn(Phase.CONNECT, Reason.BLOCKED_BY_POLICY);
    first.cue();
    underWay.ends().passed();
  }

  @Test
  void aProbeUnderWayIsNotLetOffEither() throws Exception {
    Peer second = rig.closing(Peer.listening().closes());
    Peer first =
        rig.closing(
            Peer.listeningAt("127.0.0.2")
                .readsUntil(HttpPeer.END_OF_HEAD)
                .waitsForCue()
                .sends(HttpPeer.redirect(302, "http://" + second.address() + "/"))
                .closes());
    ModuleTable closed =
        table(
            MODULES + "target_policy: {preset: remote, allow: [{cidr: 127.0.0.2}]}\n",
            ModuleTable.EMPTY);
    Running underWay = probing(closed).at("http://" + first.address()).starts();
    first.awaitCuePoint();
    table(MODULES, closed);
    first.cue();
    underWay.ends().failedIn(Phase.CONNECT, Reason.BLOCKED_BY_POLICY).saying("hop 1");
  }

  @Test
  void anUnchangedModuleObeysTheNewPolicy() throws Exception {
    ModuleTable open = table(MODULES, ModuleTable.EMPTY);
    ModuleTable same = table("# the same\n" + MODULES, open);
    assertSame(bound(open), bound(same));
    ModuleTable closed = table(MODULES + REMOTE, open);
    assertNotSame(bound(open), bound(closed));
    probing(closed).at("http://127.0.0.1:1").failsIn(Phase.CONNECT, Reason.BLOCKED_BY_POLICY);
    ModuleTable opened = table(MODULES, closed);
    probing(opened).at("http://127.0.0.1:1").failsIn(Phase.CONNECT, Reason.REFUSED);
  }

  @Test
  void aPolicyWithMistakesIsNoPolicyThatCouldComeIntoForce() {
    assertThrows(
        ConfigException.class,
        () -> table(MODULES + "target_policy: {preset: remotely}\n", ModuleTable.EMPTY));
  }

  private ModuleTable table(String text, ModuleTable previous) throws ConfigException {
    Config config = ConfigLoader.parse("m.yml", text.getBytes(StandardCharsets.UTF_8));
    return probers.table(config, previous);
  }

  private static BoundModule bound(ModuleTable table) {
    return Objects.requireNonNull(table.find("m"));
  }

  private Probing probing(ModuleTable table) {
    BoundModule module = bound(table);
    return rig.probing(module.prober(), module.config());
  }
}
