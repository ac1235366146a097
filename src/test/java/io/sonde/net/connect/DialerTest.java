package io.sonde.net.connect;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.DESCRIPTORS;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import io.sonde.config.ModuleConfig;
import io.sonde.config.TargetScheme;
import io.sonde.probe.Remote;
import io.sonde.probe.Verdict;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialerTest {
  @RegisterExtension final ProbeRig rig = new ProbeRig();
  private Dialer dialer;
  private volatile @Nullable Object seen;

  @BeforeEach
  void open() {
    dialer = new Dialer(rig.transport());
  }

  @Test
  void aConnectionStandsWhenTheStageCompletes() {
    Peer peer = rig.closing(Peer.listening());
    dialling("127.0.0.1", peer.port(), null, Channel::isActive).passes().inPhases(CONNECT);
    assertEquals(true, seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void thePathHasTheFamilyOfTheTarget(String address) {
    Peer peer = rig.closing(Peer.listeningAt(address));
    dialling(address, peer.port(), null, DialerTest::localAddress).passes();
    assertEquals(address(address), seen);
  }

  @Test
  void anIp4MappedTargetTakesTheIp4Path() {
    Peer peer = rig.closing(Peer.listening());
    dialling("::ffff:127.0.0.1", peer.port(), null, DialerTest::localAddress).passes();
    assertEquals(address("127.0.0.1"), seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void anUnspecifiedTargetIsTheLocalHost(String target) {
    Peer peer = rig.closing(Peer.listeningAt(target.equals("::") ? "::1" : "127.0.0.1"));
    dialling(target, peer.port(), null, Channel::isActive).passes();
  }

  @Test
  void aRefusedConnectionIsAConnectFailure() {
    DeadEnd closed = rig.closing(DeadEnd.refusing());
    dialling("127.0.0.1", closed.port(), null, Channel::isActive)
        .failsIn(CONNECT, REFUSED)
        .saying("127.0.0.1:" + closed.port() + ": connection refused")
        .inPhases(CONNECT);
  }

  @Test
  void theDeadlineIsTheOnlyClock() {
    DeadEnd silent = rig.closing(DeadEnd.blackHole());
    dialling("127.0.0.1", silent.port(), null, Channel::isActive)
        .within(Duration.ofMillis(150))
        .failsIn(CONNECT, TIMEOUT)
        .inPhases(CONNECT);
  }

  @Test
  void aCallerThatLeavesClosesWhatIsStillConnecting() {
    DeadEnd silent = rig.closing(DeadEnd.blackHole());
    dialling("127.0.0.1", silent.port(), null, Channel::isActive)
        .starts()
        .reaches(CONNECT)
        .isAbandoned()
        .ends()
        .wasAbandoned();
    assertEquals(List.of(), rig.loop().leftovers());
  }

  @Test
  void theSourceIsTheOneAskedFor() {
    Peer peer = rig.closing(Peer.listening());
    dialling("127.0.0.1", peer.port(), address("127.0.0.5"), DialerTest::localAddress).passes();
    assertEquals(address("127.0.0.5"), seen);
  }

  @Test
  void aSourceOfAnotherFamilyIsAMistakeOfTheModule() {
    Peer peer = rig.closing(Peer.listening());
    dialling("127.0.0.1", peer.port(), address("::1"), Channel::isActive)
        .failsIn(CONNECT, CONFIG)
        .saying("expected a source address of the family of the target 127.0.0.1:" + peer.port());
    assertEquals(List.of(), rig.loop().openChannels());
  }

  @Test
  void aSourceThatIsNotHereIsAMistakeOfTheModule() {
    Peer peer = rig.closing(Peer.listening());
    dialling("127.0.0.1", peer.port(), address("192.0.2.1"), Channel::isActive)
        .failsIn(CONNECT, CONFIG)
        .saying("cannot connect from 192.0.2.1");
  }

  @Test
  void wantOfDescriptorsIsSaid() {
    dialer =
        new Dialer(
            rig.transport(),
            family -> {
              throw new ChannelException(
                  "Failed to open a socket.", new SocketException("Too many open files"));
            },
            ArrivalTimes.unknown());
    dialling("127.0.0.1", 1, null, Channel::isActive)
        .failsIn(CONNECT, DESCRIPTORS)
        .saying("127.0.0.1:1: this process has no file descriptor left");
  }

  @Test
  void nothingIsDelayedAndNettyHasNoClock() {
    Peer peer = rig.closing(Peer.listening());
    dialling(
            "127.0.0.1",
            peer.port(),
            null,
            channel ->
                List.of(
                    channel.config().getOption(ChannelOption.TCP_NODELAY),
                    channel.config().getConnectTimeoutMillis()))
        .passes();
    assertEquals(List.of(true, 0), seen);
  }

  @Test
  void theStampIsThatOfTheLastRead() {
    Peer peer = rig.closing(Peer.listening());
    peer.sends("hello");
    CompletableFuture<Verdict> read = new CompletableFuture<>();
    rig.probing(
            run -> {
              long before = run.nanoTime();
              dialer.connect(
                  run,
                  new Remote(TargetScheme.TCP, "", address("127.0.0.1"), peer.port()),
                  null,
                  0,
                  new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                      ReferenceCountUtil.release(message);
                      long stamp = ReadStamp.of(ctx.channel()).lastReadNanos();
                      seen = stamp >= before && stamp <= run.nanoTime();
                      read.complete(Verdict.PASSED);
                    }
                  });
              return read;
            },
            ModuleConfig.empty("read"))
        .at("peer")
        .passes();
    assertEquals(true, seen);
  }

  private Probing dialling(
      String host, int port, @Nullable InetAddress source, Function<Channel, Object> look) {
    Remote remote = new Remote(TargetScheme.TCP, host, address(host), port);
    return rig.probing(
            run ->
                dialer
                    .connect(run, remote, source, 0, new ChannelInboundHandlerAdapter())
                    .thenApply(
                        channel -> {
                          assertTrue(run.loop().inEventLoop());
                          seen = look.apply(channel);
                          return Verdict.PASSED;
                        }),
            ModuleConfig.empty("dial"))
        .at(remote.toString());
  }

  private static InetAddress localAddress(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getAddress();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
