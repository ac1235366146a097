package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.ConfigLoader;
import io.sonde.config.FileFolders;
import io.sonde.config.PolicyPreset;
import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Names that lead somewhere else the next time they are asked for: what counts is the address that
 * is connected to. Here 127.0.0.2 is the address that anybody may reach, and 127.0.0.1 is not.
 */
class RebindingTest {
  private static final String NAME = "rebind.example";
  private static final String HARMLESS = "127.0.0.2";
  private static final String FORBIDDEN = "127.0.0.1";

  @RegisterExtension final ProbeRig rig = new ProbeRig();
  private Network network;

  @BeforeEach
  void open() {
    network = rig.closing(new Network());
  }

  @Test
  void theNextProbeIsJudgedByWhereItsOwnAnswerLeads() throws Exception {
    answering(HARMLESS, FORBIDDEN);
    Peer harmless = rig.closing(HttpPeer.answers(Peer.listeningAt(HARMLESS), HttpPeer.ok("hi")));
    String target = "http://" + NAME + ":" + harmless.port() + "/";
    probing().at(target).passes();
    probing()
        .at(target)
        .failsIn(Phase.CONNECT, Reason.BLOCKED_BY_POLICY)
        .saying("127.0.0.1:" + harmless.port() + " (" + NAME + ")");
    assertEquals(2, questions(), "no name is asked for twice");
  }

  @Test
  void aRedirectToTheSameNameStaysAtTheAddressThatWasJudged() throws Exception {
    answering(HARMLESS, FORBIDDEN);
    Peer forbidden = rig.closing(Peer.listeningAt(FORBIDDEN).closes());
    Peer harmless =
        rig.closing(
            HttpPeer.answers(
                Peer.listeningAt(HARMLESS),
                HttpPeer.redirect(302, "http://" + NAME + ":" + forbidden.port() + "/")));
    probing()
        .at("http://" + NAME + ":" + harmless.port() + "/")
        .failsIn(Phase.CONNECT, Reason.REFUSED)
        .saying(HARMLESS + ":" + forbidden.port());
    assertEquals(1, questions());
  }

  @Test
  void ofSeveralAddressesTheForbiddenOnesAreNotConnectedTo() throws Exception {
    network.names().on(NAME + ".", DnsPeer.addresses(FORBIDDEN, HARMLESS));
    Peer harmless = rig.closing(HttpPeer.answers(Peer.listeningAt(HARMLESS), HttpPeer.ok("hi")));
    Peer first =
        rig.closing(
            HttpPeer.answers(
                Peer.listeningAt(HARMLESS),
                HttpPeer.redirect(302, "http://" + NAME + ":" + harmless.port() + "/")));
    probing().at("http://" + first.address()).passes();
  }

  /** Each question is answered with the next address, from then on with the last. */
  private void answering(String... addresses) {
    Iterator<String> next = List.of(addresses).iterator();
    network
        .names()
        .on(
            NAME + ".",
            question -> DnsPeer.addresses(next.hasNext() ? next.next() : FORBIDDEN).on(question));
  }

  private long questions() {
    return network.names().queries().stream().filter(query -> query.contains(" A ")).count();
  }

  private Probing probing() throws Exception {
    String text =
        "modules: {m: {prober: http, http: {preferred_ip_protocol: ip4, ip_protocol_fallback: false}}}\n"
            + "target_policy: {preset: remote, allow: [{cidr: "
            + HARMLESS
            + "}]}\n";
    Probers probers =
        rig.closing(
            new Probers(
                rig.transport(),
                network.work(),
                (transport, work) -> network.addresses().resolvers(),
                1 << 20,
                FileFolders.ANY,
                PolicyPreset.OFF));
    BoundModule bound =
        Objects.requireNonNull(
            probers
                .table(
                    ConfigLoader.parse("m.yml", text.getBytes(StandardCharsets.UTF_8)),
                    ModuleTable.EMPTY)
                .find("m"));
    return rig.probing(bound.prober(), bound.config());
  }
}
