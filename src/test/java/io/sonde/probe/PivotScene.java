package io.sonde.probe;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.FileFolders;
import io.sonde.config.IcmpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.PolicyPreset;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.net.icmp.ScriptedSockets;
import io.sonde.probe.icmp.IcmpProber;
import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import io.sonde.testkit.RelayingProxy;
import io.sonde.testkit.TcpCarrier;
import io.sonde.testkit.UnixDoor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who must not be reached, and a way that leads there. By default it is an http probe of a
 * service on 127.0.0.1 under the preset {@code remote}.
 */
final class PivotScene {
  /** Numbers are no names that a name server is asked for. */
  static final String HOSTS = "127.0.0.1 2130706433 0177.0.0.1 127.1 0x7f.1\n";

  /** No test waits for it, but for probes of peers that never answer. */
  private static final Duration FOR_SILENCE = Duration.ofMillis(400);

  private static final byte[] KNOCK = "knock".getBytes(StandardCharsets.US_ASCII);

  private final ProbeRig rig;
  private final Network network;
  private final List<String> allowed = new ArrayList<>();
  private String module = "prober: http";
  private String target = "";
  private @Nullable String hostname;
  private String policy = "preset: remote";
  private PolicyPreset demanded = PolicyPreset.OFF;
  private UnaryOperator<Probing> timing = probing -> probing;
  private @Nullable Peer victim;
  private @Nullable Prober pinger;
  private Runnable reached = () -> victim().connection(0);
  private Runnable untouched = () -> demandFirst(place());

  PivotScene(ProbeRig rig, Network network) {
    this.rig = rig;
    this.network = network;
  }

  // ---- who must not be reached ----

  /** It listens there. */
  PivotScene victimAt(String address) {
    victim = rig.closing(Peer.listeningAt(address).reads(1).closes());
    return this;
  }

  Peer victim() {
    if (victim == null) {
      victimAt("127.0.0.1");
    }
    return Objects.requireNonNull(victim);
  }

  int port() {
    return victim().port();
  }

  /** It is a UDP service. */
  PivotScene overUdp(UnaryOperator<String> targetOf) {
    PacketVictim udp = rig.closing(new PacketVictim());
    target = targetOf.apply(udp.address());
    timing = probing -> probing.within(FOR_SILENCE);
    reached = udp::demandReached;
    untouched = udp::demandUntouched;
    return this;
  }

  /** It is behind a unix socket. */
  PivotScene behindDoor(UnaryOperator<String> targetOf) {
    UnixDoor door = rig.closing(UnixDoor.to(port()));
    target = targetOf.apply(door.path());
    untouched = () -> demandFirst(UnixDomainSocketAddress.of(door.path()));
    return this;
  }

  /** It is there as far as the kernel could tell: it is enough that it was asked. */
  PivotScene nowhere(String text) {
    target = text;
    reached = () -> {};
    untouched = () -> {};
    return this;
  }

  /** It is pinged, by a carrier that turns packets into connections. */
  PivotScene pinged(String text) {
    target = text;
    TcpCarrier carrier = rig.closing(new TcpCarrier(this::port));
    ModuleConfig config = ModuleConfig.of("m", FOR_SILENCE, IcmpSpec.DEFAULT);
    pinger =
        new IcmpProber(
            config.icmp(),
            network.addresses(),
            ScriptedSockets.carriedBy(network.work(), carrier::carry));
    module = "prober: icmp";
    timing = probing -> probing.within(FOR_SILENCE);
    return this;
  }

  // ---- the way there ----

  PivotScene module(String yaml) {
    module = yaml;
    return this;
  }

  PivotScene target(String text) {
    target = text;
    return this;
  }

  PivotScene hostname(String text) {
    hostname = text;
    return this;
  }

  /** A name server says so. */
  PivotScene knowing(String name, String... addresses) {
    network.names().on(name + ".", DnsPeer.addresses(addresses));
    return this;
  }

  PivotScene knowingAlias(String name, String canonical, String... addresses) {
    network.names().on(name + ".", DnsPeer.alias(canonical, addresses));
    return this;
  }

  /** The policy is another. */
  PivotScene policy(String yaml) {
    policy = yaml;
    return this;
  }

  /** The command line has one as well. */
  PivotScene demanding(PolicyPreset preset) {
    demanded = preset;
    return this;
  }

  /** A peer that may be reached answers so. */
  Peer stepping(String response) {
    Peer peer = rig.closing(HttpPeer.answering(response));
    allow("port: " + peer.port());
    return peer;
  }

  /** A peer that may be reached redirects; {@code <port>} is the victim's. */
  PivotScene redirecting(int status, String location) {
    String place = location.replace("<port>", String.valueOf(port()));
    Peer first = stepping(HttpPeer.redirect(status, place));
    return target("http://" + first.address());
  }

  /** A proxy that may be reached, and takes every name for this machine. */
  String proxy() {
    String address = rig.closing(RelayingProxy.open()).address();
    allow("scheme: proxy");
    return address;
  }

  PivotScene allow(String rule) {
    allowed.add("{cidr: 127.0.0.0/8, " + rule + "}");
    return this;
  }

  // ---- what comes of it ----

  /** Probes without a policy. */
  Outcome unprotected() {
    return timing.apply(probing("", PolicyPreset.OFF)).ends();
  }

  /** Probes under the policy. */
  Outcome isProtected() {
    return probing("target_policy: {" + policy + allowing() + "}\n", demanded).ends();
  }

  /** Waits until something has come to the victim. */
  void demandReached() {
    reached.run();
  }

  /** Comes to the victim, and demands that nobody was there before. */
  void demandUntouched() {
    untouched.run();
  }

  private String allowing() {
    return allowed.isEmpty() ? "" : ", allow: [" + String.join(", ", allowed) + "]";
  }

  private Probing probing(String block, PolicyPreset preset) {
    String text = "modules:\n  m: {" + module + "}\n" + block;
    Probers probers =
        rig.closing(
            new Probers(
                rig.transport(),
                network.work(),
                (transport, work) -> network.addresses().resolvers(),
                1 << 20,
                FileFolders.ANY,
                preset));
    try {
      ModuleTable table =
          probers.table(
              ConfigLoader.parse("pivot.yml", text.getBytes(StandardCharsets.UTF_8)),
              ModuleTable.EMPTY);
      BoundModule bound = Objects.requireNonNull(table.find("m"));
      Prober prober =
          pinger != null && bound.prober() instanceof ObedientProber obedient
              ? new ObedientProber(pinger, obedient.policy())
              : pinger != null ? pinger : bound.prober();
      Probing probing = rig.probing(prober, bound.config()).at(target);
      return hostname == null ? probing : probing.asking(hostname);
    } catch (ConfigException e) {
      throw new AssertionError(e.problems().toString(), e);
    }
  }

  /** Who comes first is accepted first. */
  private void demandFirst(SocketAddress where) {
    try (SocketChannel call = SocketChannel.open(where)) {
      call.write(ByteBuffer.wrap(KNOCK));
      victim().connection(0).awaitReceived("k");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private SocketAddress place() {
    String text = victim().address();
    String host = text.substring(0, text.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
    return new InetSocketAddress(Objects.requireNonNull(AddressLiteral.parse(host)), port());
  }
}
