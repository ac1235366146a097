package io.sonde.probe.tcp;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Reason.CERT_NAME;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.tcp.Steps.expect;
import static io.sonde.probe.tcp.Steps.send;
import static io.sonde.probe.tcp.Steps.startTls;
import static io.sonde.probe.tcp.Steps.trusting;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.sonde.config.ProbeSpec;
import io.sonde.config.QueryResponse;
import io.sonde.config.TlsSpec;
import io.sonde.config.UnixSpec;
import io.sonde.net.connect.UnixDialer;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.probe.Trail.Level;
import io.sonde.probe.Transport;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ServiceContract;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.UnixDoor;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixProberTest extends ServiceContract {
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER = ROOT.server("db.example");

  @TempDir Path folder;

  @Override
  protected ProbeSpec spec() {
    return new UnixSpec(List.of(expect("^220", "HELO"), expect("^250")), false, TlsSpec.DEFAULT);
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return new UnixProber(
        (UnixSpec) spec,
        new UnixDialer(rig.transport(), network.work()),
        network.tls(),
        network.searches());
  }

  @Override
  protected void isGood(Peer peer) {
    peer.sends("220 hello\n").readsUntil("HELO\n").sends("250 there\n");
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(PROCESSING, peer -> {}),
        Stage.in(PROCESSING, peer -> peer.sends("220 hello\n").readsUntil("HELO\n")));
  }

  /** A path as it is; in front of a port a door is put. */
  @Override
  protected String target(String address) {
    return address.startsWith("127.")
        ? rig.closing(UnixDoor.to(Integer.parseInt(address.substring(address.indexOf(':') + 1))))
            .path()
        : address;
  }

  @Test
  void aDialoguePassesWithoutAnythingAboutAddresses() {
    probing(goodPeer())
        .passes()
        .inPhases(CONNECT, PROCESSING)
        .exposes(
            """
            probe_duration_seconds *
            probe_failed_due_to_bytes 0
            probe_failed_due_to_regex 0
            probe_success 1
            probe_timeout_seconds 25
            """);
  }

  @Test
  void aSocketThatListensPasses() throws IOException {
    rig.closing(listening(path("s")));
    probing(UnixSpec.DEFAULT, path("s")).passes().inPhases(CONNECT);
  }

  @Test
  void aPathWithoutASocketIsRefused() {
    probing(UnixSpec.DEFAULT, path("nothing"))
        .failsIn(CONNECT, REFUSED)
        .saying("no such socket")
        .inPhases(CONNECT)
        .exposes(
            """
            probe_duration_seconds *
            probe_failure_info{phase="connect",reason="refused"} 1
            probe_success 0
            probe_timeout_seconds 25
            """);
    probing(UnixSpec.DEFAULT, path("nothing/at/all")).failsIn(CONNECT, REFUSED);
    assertEquals(
        List.of("Error dialing unix socket", "Probe failed"),
        probing(UnixSpec.DEFAULT, path("nothing")).ends().notes(Level.ERROR));
  }

  @Test
  void aSocketThatNobodyListensOnIsRefused() throws IOException {
    listening(path("left")).close();
    probing(UnixSpec.DEFAULT, path("left")).failsIn(CONNECT, REFUSED).saying("nobody listens");
  }

  @Test
  void aFileIsNoSocket() throws IOException {
    Files.writeString(folder.resolve("file"), "text");
    probing(UnixSpec.DEFAULT, path("file")).failsIn(CONNECT, CONFIG).saying("not a socket");
    probing(UnixSpec.DEFAULT, folder.toString()).failsIn(CONNECT, CONFIG).saying("not a socket");
    probing(UnixSpec.DEFAULT, path("file") + "/below").failsIn(CONNECT, REFUSED);
  }

  @Test
  void aPathMustFitAnAddress() {
    probing(UnixSpec.DEFAULT, "/" + "x".repeat(107)).failsIn(CONNECT, CONFIG).saying("at most");
    probing(UnixSpec.DEFAULT, "/tmp/" + "ö".repeat(52)).failsIn(CONNECT, CONFIG).saying("at most");
    probing(UnixSpec.DEFAULT, "/" + "x".repeat(105)).failsIn(CONNECT, REFUSED);
    probing(UnixSpec.DEFAULT, "/tmp/a\0b").failsIn(CONNECT, CONFIG);
  }

  @Test
  void aFullQueueIsARefusal() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path("full")), 1);
      SocketChannel[] fillers = new SocketChannel[2];
      for (int i = 0; i < fillers.length; i++) {
        fillers[i] = SocketChannel.open(UnixDomainSocketAddress.of(path("full")));
      }
      probing(UnixSpec.DEFAULT, path("full")).failsIn(CONNECT, REFUSED).saying("queue");
      for (SocketChannel filler : fillers) {
        filler.close();
      }
    }
  }

  @Test
  void anAbstractSocketNeedsEpoll() throws InterruptedException {
    String name = "sonde-test-" + UUID.randomUUID();
    if (rig.transport() == Transport.NIO) {
      probing(UnixSpec.DEFAULT, "@" + name).failsIn(CONNECT, CONFIG).saying("epoll");
      return;
    }
    probing(UnixSpec.DEFAULT, "@" + name).failsIn(CONNECT, REFUSED).saying("@" + name);
    Channel listener =
        new ServerBootstrap()
            .group(rig.loop())
            .channel(EpollServerDomainSocketChannel.class)
            .childHandler(new ChannelInboundHandlerAdapter())
            .bind(new DomainSocketAddress("\0" + name))
            .await()
            .channel();
    probing(UnixSpec.DEFAULT, "@" + name).passes();
    listener.close().await();
  }

  @Test
  void theNameToVerifyMustBeConfigured() {
    Peer peer = rig.closing(Peer.listening().startsTls(SERVER.jdkContext()));
    probing(unix(true, trusting(ROOT).withServerName("db.example")), peer.address())
        .passes()
        .inPhases(CONNECT, TLS)
        .has(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, Metric.PROBE_TLS_VERSION_INFO);
    probing(unix(true, trusting(ROOT)), peer.address()).failsIn(TLS, CERT_NAME);
  }

  @Test
  void anUpgradeHasNoNameOfItsOwn() {
    Peer peer =
        rig.closing(Peer.listening().sends("go\n").startsTls(SERVER.jdkContext()).sends("in\n"));
    QueryResponse[] steps = {expect("^go$"), startTls(), expect("^in$")};
    probing(unix(false, trusting(ROOT).withServerName("db.example"), steps), peer.address())
        .passes()
        .inPhases(CONNECT, PROCESSING, TLS, PROCESSING);
    probing(unix(false, trusting(ROOT), steps), peer.address())
        .failsIn(TLS, CONFIG)
        .saying("server_name");
  }

  @Test
  void whatIsSentArrives() {
    Peer peer = rig.closing(Peer.listening());
    probing(unix(false, TlsSpec.DEFAULT, send("PING\r")), peer.address()).passes();
    peer.connection(0).awaitEnd();
    assertEquals("PING\r\n", peer.received());
  }

  private static UnixSpec unix(boolean tls, TlsSpec config, QueryResponse... steps) {
    return new UnixSpec(List.of(steps), tls, config);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static ServerSocketChannel listening(String path) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(path));
    return listener;
  }
}
