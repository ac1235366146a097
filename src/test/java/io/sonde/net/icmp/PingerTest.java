package io.sonde.net.icmp;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.DESCRIPTORS;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.net.icmp.ScriptedSocket.Sent;
import io.sonde.testkit.Running;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PingerTest extends PingerClaims {
  @ParameterizedTest
  @EnumSource
  void aReplyEndsThePing(SocketKind kind) {
    ScriptedSockets sockets = ScriptedSockets.answering(kind);
    probing(sockets).passes().inPhases(SETUP, PROCESSING);
    Sent sent = sockets.sent().get(0);
    assertEquals(TARGET, sent.to());
    assertEquals(7, sent.ttl());
    assertEquals(1, sockets.sent().size());
  }

  @Test
  void pingsShareASocketAndAreToldApart() {
    List<Sent> held = new ArrayList<>();
    ScriptedSockets sockets = answeringLater(held::add);
    Pinger pinger = pinger(sockets);
    List<Running> all =
        IntStream.range(0, 40).mapToObj(i -> probing(pinger, TARGET, null).starts()).toList();
    all.forEach(running -> running.reaches(PROCESSING));
    onLoop(
        () -> {
          Collections.shuffle(held, new Random(1));
          held.forEach(Sent::isAnswered);
        });
    all.forEach(running -> running.ends().passed());
    assertEquals(1, sockets.opened().size());
    assertEquals(40, held.stream().map(Sent::sequence).distinct().count());
  }

  @Test
  void sourcesHaveSocketsOfTheirOwn() {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.RAW);
    Pinger pinger = pinger(sockets);
    probing(pinger, TARGET, null).passes();
    probing(pinger, TARGET, Packets.address("127.0.0.1")).passes();
    probing(pinger, OTHER, Packets.address("127.0.0.1")).passes();
    assertEquals(2, sockets.opened().size());
  }

  @Test
  void aSocketThatRestsMakesRoomForAnother() {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.RAW);
    Pinger pinger = pinger(sockets);
    for (int i = 0; i <= Pinger.MAX_SOCKETS; i++) {
      probing(pinger, TARGET, Packets.address("127.0.1." + i)).passes();
    }
    assertTrue(sockets.opened().get(0).isClosed());
    assertFalse(sockets.opened().get(1).isClosed());
    probing(pinger, TARGET, Packets.address("127.0.1.0")).passes();
  }

  @Test
  void socketsInUseAreNotClosedForAnother() {
    ScriptedSockets sockets = answeringLater(sent -> {});
    Pinger pinger = pinger(sockets);
    List<Running> all = new ArrayList<>();
    for (int i = 0; i < Pinger.MAX_SOCKETS; i++) {
      all.add(probing(pinger, TARGET, Packets.address("127.0.1." + i)).starts());
    }
    all.forEach(running -> running.reaches(PROCESSING));
    probing(pinger, TARGET, null).failsIn(SETUP, DESCRIPTORS).saying("32");
    all.forEach(running -> running.isAbandoned().ends().wasAbandoned());
    probing(pinger, TARGET, null).within(SOON).failsIn(PROCESSING, TIMEOUT);
  }

  @ParameterizedTest
  @EnumSource
  void repliesToOthersArePassedOver(SocketKind kind) {
    ScriptedSockets sockets =
        new ScriptedSockets(
            kind,
            sent -> {
              InetAddress to = sent.to();
              byte[] reply = Packets.replyTo(sent.packet());
              sent.by().arrives(OTHER, reply);
              sent.by().arrives(to, Packets.replyTo(request(sent.sequence() + 1, PAYLOAD)));
              sent.by().arrives(to, Packets.replyTo(request(sent.sequence(), new byte[] {1, 2})));
              sent.by().arrives(to, Packets.replyTo(request(sent.sequence(), new byte[3])));
              sent.by().arrives(to, sent.packet());
              return 0;
            });
    probing(sockets).within(SOON).failsIn(PROCESSING, TIMEOUT).lastedAtLeast(SOON);
  }

  @Test
  void onlyRawSocketsKeepTheIdentifier() {
    ToIntFunction<Sent> otherId =
        sent -> {
          sent.packet()[EchoPacket.ID] ^= 1;
          byte[] fresh = Packets.replyTo(sent.packet());
          sent.by().arrives(sent.to(), fresh);
          return 0;
        };
    probing(new ScriptedSockets(SocketKind.DATAGRAM, otherId)).passes();
    probing(new ScriptedSockets(SocketKind.RAW, otherId)).within(SOON).failsIn(PROCESSING, TIMEOUT);
  }

  @Test
  void aSecondReplyAndALateOneAreNothing() {
    List<Sent> held = new ArrayList<>();
    ScriptedSockets sockets = answeringLater(held::add);
    Pinger pinger = pinger(sockets);
    probing(pinger, TARGET, null).within(SOON).failsIn(PROCESSING, TIMEOUT);
    sockets.follow(
        sent -> {
          held.get(0).isAnswered();
          sent.isAnswered();
          sent.isAnswered();
          return 0;
        });
    probing(pinger, TARGET, null).passes();
    probing(pinger, TARGET, null).passes();
  }

  @Test
  void sequenceNumbersGoOnAfterTheLast() {
    ScriptedSockets sockets = ScriptedSockets.answering(SocketKind.RAW);
    Pinger pinger = sockets.pinger(work(), new Sequence(0xfffd));
    for (int i = 0; i < 4; i++) {
      probing(pinger, TARGET, null).passes();
    }
    assertEquals(
        List.of(0xfffe, 0xffff, 0, 1), sockets.sent().stream().map(Sent::sequence).toList());
    assertEquals(0, new Sequence(-1).next());
    assertEquals(0, new Sequence(Integer.MAX_VALUE).next());
  }

  private static byte[] request(int sequence, byte[] payload) {
    return Packets.request(false, 0, sequence, payload);
  }
}
