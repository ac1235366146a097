package io.sonde.net.icmp;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.Reason.UNREACHABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.IcmpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.net.connect.Errno;
import io.sonde.net.icmp.ScriptedSocket.Sent;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import io.sonde.testkit.Running;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of pings when the network, the system or a socket fails them. */
class LostPingTest extends PingerClaims {
  @ParameterizedTest
  @EnumSource
  void anErrorAboutThePingFailsItAtOnce(SocketKind kind) {
    ScriptedSockets sockets =
        new ScriptedSockets(
            kind,
            sent -> {
              isUnreachable(sent, sent.to());
              return 0;
            });
    probing(sockets).failsIn(PROCESSING, UNREACHABLE).saying("192.0.2.8 says: host unreachable");
  }

  @ParameterizedTest
  @EnumSource
  void anErrorAboutAnotherPingDoesNot(SocketKind kind) {
    ScriptedSockets sockets =
        new ScriptedSockets(
            kind,
            sent -> {
              isUnreachable(sent, OTHER);
              sent.packet()[EchoPacket.SEQUENCE] ^= 1;
              isUnreachable(sent, sent.to());
              return 0;
            });
    probing(sockets).within(SOON).failsIn(PROCESSING, TIMEOUT);
  }

  @Test
  void aTargetThatCannotBeSentToFailsAtOnce() {
    failsSending(Errno.ENETUNREACH, UNREACHABLE, "192.0.2.7: network is unreachable");
    failsSending(Errno.EPERM, UNREACHABLE, "192.0.2.7: forbidden by this machine");
    failsSending(Errno.EMSGSIZE, UNREACHABLE, "of 11 bytes is too long to leave this machine");
    failsSending(Errno.ENOBUFS, UNREACHABLE, "queue of the network interface is full");
    failsSending(Errno.ENETDOWN, UNREACHABLE, "the network is down");
  }

  /** Whoever calls next is told what became of another ping. */
  @Test
  void whatTheSystemSaysOfAnotherPingIsNotTakenForNewsOfThisOne() {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.DATAGRAM);
    sockets.follow(
        sent -> {
          if (sockets.sent().size() == 1) {
            return Errno.EHOSTUNREACH;
          }
          sent.isAnswered();
          return 0;
        });
    probing(sockets).passes();
    assertEquals(2, sockets.sent().size());
  }

  /**
   * Reading that news can end another ping, and its prober may send the next in the middle of it.
   */
  @Test
  void aPingInTheMiddleOfAnotherDoesNotMixTheirPackets() {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.DATAGRAM);
    Pinger pinger = pinger(sockets);
    sockets.follow(
        sent -> {
          switch (sockets.sent().size()) {
            case 1 -> {}
            case 2 -> {
              sockets.sent().get(0).isAnswered();
              return Errno.EHOSTUNREACH;
            }
            default -> sent.isAnswered();
          }
          return 0;
        });
    EchoOrder order = new EchoOrder(TARGET, null, 7, false, PAYLOAD);
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, IcmpSpec.DEFAULT);
    Running twice =
        rig.probing(
                run ->
                    pinger
                        .ping(run, order)
                        .thenCompose(reply -> pinger.ping(run, order))
                        .thenApply(reply -> Verdict.PASSED),
                module)
            .starts()
            .reaches(PROCESSING);
    probing(pinger, TARGET, null).passes();
    twice.ends().passed();
    List<Integer> sequences = sockets.sent().stream().map(Sent::sequence).toList();
    assertEquals(4, sequences.size());
    assertEquals(sequences.get(1), sequences.get(3));
  }

  @Test
  void aSocketThatBreaksInTheMiddleOfSendingIsReplaced() {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.DATAGRAM);
    sockets.follow(
        sent -> {
          if (sockets.opened().size() == 1) {
            IntStream.range(0, 100).forEach(i -> sent.by().fails(9));
            return Errno.EHOSTUNREACH;
          }
          sent.isAnswered();
          return 0;
        });
    probing(sockets).passes();
    assertTrue(sockets.opened().get(0).isClosed());
  }

  @Test
  void withoutRoomAPingWaits() {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.RAW);
    Pinger pinger = pinger(sockets);
    sockets.follow(sent -> Errno.EAGAIN);
    List<Running> all =
        IntStream.range(0, 3).mapToObj(i -> probing(pinger, TARGET, null).starts()).toList();
    all.forEach(running -> running.reaches(SETUP));
    assertTrue(rig.loop().awaitTrue(() -> sockets.sent().size() == 1));
    Running late = probing(pinger, TARGET, null).within(SOON).starts();
    late.ends().failedIn(SETUP, TIMEOUT);
    assertEquals(1, sockets.sent().size());
    assertTrue(sockets.opened().get(0).awaitsRoom());
    sockets.follow(
        sent -> {
          sent.isAnswered();
          return 0;
        });
    onLoop(sockets.opened().get(0)::wakeUp);
    all.forEach(running -> running.ends().passed());
    assertFalse(sockets.opened().get(0).awaitsRoom());
  }

  @Test
  void withoutASocketEveryPingThatWaitsFailsAndTheNextTriesAgain() {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.RAW);
    Pinger pinger = pinger(sockets);
    sockets.refuse(true);
    List<Running> all =
        IntStream.range(0, 3).mapToObj(i -> probing(pinger, TARGET, null).starts()).toList();
    all.forEach(running -> running.ends().failedIn(SETUP, CONFIG).saying("refused"));
    sockets.refuse(false);
    probing(pinger, TARGET, null).passes();
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EINVAL, 9, 32})
  void aSocketThatCannotSendIsReplaced(int error) {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.RAW);
    sockets.follow(
        sent -> {
          if (sockets.opened().size() == 1) {
            return error;
          }
          sent.isAnswered();
          return 0;
        });
    probing(sockets).passes();
    assertTrue(sockets.opened().get(0).isClosed());
    assertFalse(sockets.opened().get(1).isClosed());
  }

  @Test
  void thePingThatNoSocketCanSendFails() {
    ScriptedSockets sockets = new ScriptedSockets(SocketKind.RAW, sent -> 9);
    probing(sockets).failsIn(PROCESSING, UNREACHABLE).saying("error 9");
    assertEquals(2, sockets.opened().size());
  }

  @Test
  void aSocketThatOnlyErrsIsReplaced() {
    List<Sent> held = new ArrayList<>();
    ScriptedSockets sockets = answeringLater(held::add);
    Pinger pinger = pinger(sockets);
    Running lost = probing(pinger, TARGET, null).starts().reaches(PROCESSING);
    onLoop(() -> IntStream.range(0, 100).forEach(i -> held.get(0).by().fails(9)));
    lost.ends().failedIn(PROCESSING, CLOSED).saying("error 9");
    assertTrue(sockets.opened().get(0).isClosed());
    sockets.follow(
        sent -> {
          sent.isAnswered();
          return 0;
        });
    probing(pinger, TARGET, null).passes();
  }

  @Test
  void aSocketThatWakesForNothingIsReplaced() {
    ScriptedSockets sockets = answeringLater(sent -> {});
    Running lost = probing(sockets).starts().reaches(PROCESSING);
    onLoop(() -> IntStream.range(0, 100).forEach(i -> sockets.opened().get(0).wakeUp()));
    lost.ends().failedIn(PROCESSING, CLOSED);
  }

  @Test
  void someErrorsAreForgiven() {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.DATAGRAM);
    sockets.follow(
        sent -> {
          IntStream.range(0, 10).forEach(i -> sent.by().fails(Errno.EHOSTUNREACH));
          sent.isAnswered();
          return 0;
        });
    probing(sockets).passes();
  }

  private void failsSending(int error, Reason reason, String words) {
    probing(new ScriptedSockets(SocketKind.DATAGRAM, sent -> error))
        .failsIn(PROCESSING, reason)
        .saying(words);
  }

  /** {@link #OTHER} says that it cannot reach {@code destination}. */
  private static void isUnreachable(Sent sent, InetAddress destination) {
    ScriptedSocket socket = sent.by();
    if (socket.kind() == SocketKind.RAW) {
      byte[] quoted = Packets.ip4(destination, 0, sent.packet());
      socket.arrives(OTHER, Packets.error(false, 3, 1, 0, quoted));
    } else {
      Sent about = new Sent(socket, destination, 0, sent.packet().clone());
      socket.reports(about, Grief.of(false, 3, 1, 0), OTHER);
    }
  }
}
