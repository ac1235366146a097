package io.sonde.net.icmp;

import static io.sonde.net.icmp.SocketKind.DATAGRAM;
import static io.sonde.net.icmp.SocketKind.RAW;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IcmpReaderTest {
  private static final InetAddress TARGET = Packets.address("192.0.2.7");
  private static final InetAddress TARGET_6 = Packets.address("2001:db8::7");
  private static final byte[] REQUEST = Packets.request(false, 0xabcd, 0x8001, (byte) 1, (byte) 2);
  private static final byte[] REQUEST_6 = Packets.request(true, 0xabcd, 0x8001, (byte) 1, (byte) 2);

  @Test
  void aReplyIsToldBySocketsOfEachKind() {
    byte[] reply = Packets.replyTo(REQUEST);
    assertAnswered(read(reply, false, DATAGRAM));
    assertAnswered(read(Packets.ip4(TARGET, 0, reply), false, RAW));
    assertAnswered(read(Packets.ip4(TARGET, 10, reply), false, RAW));
    assertAnswered(read(Packets.replyTo(REQUEST_6), true, DATAGRAM));
    assertAnswered(read(Packets.replyTo(REQUEST_6), true, RAW));
  }

  @Test
  void errorsTellWhichRequestCameToGrief() {
    byte[] exceeded = Packets.error(false, 11, 0, 0, Packets.ip4(TARGET, 2, REQUEST));
    assertLost(read(Packets.ip4(TARGET, 0, exceeded), false, RAW), TARGET);
    byte[] unreachable = Packets.error(true, 1, 3, 0, Packets.ip6(TARGET_6, REQUEST_6));
    assertLost(read(unreachable, true, RAW), TARGET_6);
    byte[] tooBig = Packets.error(true, 2, 0, 1_280, Packets.ip6Fragment(TARGET_6, REQUEST_6));
    assertEquals(1_280, assertLost(read(tooBig, true, RAW), TARGET_6).mtu());
    byte[] whole = Packets.error(false, 3, 4, 1_400, Packets.ip4(TARGET, 0, REQUEST));
    assertEquals(1_400, assertLost(read(Packets.ip4(TARGET, 0, whole), false, RAW), TARGET).mtu());
  }

  @Test
  void anErrorNeedsToQuoteNoMoreThanTheHeaders() {
    byte[] quoted = Arrays.copyOf(Packets.ip4(TARGET, 0, REQUEST), 28);
    byte[] error = Packets.ip4(TARGET, 0, Packets.error(false, 3, 1, 0, quoted));
    assertLost(read(error, false, RAW), TARGET);
  }

  @Test
  void errorsFromTheQueueComeWithoutHeaders() {
    Grief grief = Grief.of(false, 3, 1, 0);
    assertLost(
        IcmpReader.readQueued(Unpooled.wrappedBuffer(REQUEST), false, TARGET.getAddress(), grief),
        TARGET);
    assertNull(
        IcmpReader.readQueued(
            Unpooled.wrappedBuffer(REQUEST, 0, 7), false, TARGET.getAddress(), grief));
    assertNull(
        IcmpReader.readQueued(
            Unpooled.wrappedBuffer(REQUEST_6), false, TARGET.getAddress(), grief));
  }

  @Test
  void whatIsCutShortSaysNothing() {
    byte[] error = Packets.error(false, 11, 0, 0, Packets.ip4(TARGET, 0, REQUEST));
    assertNoPrefixOf(Packets.ip4(TARGET, 0, error), false, 58);
    assertNoPrefixOf(Packets.ip4(TARGET, 1, Packets.replyTo(REQUEST)), false, 34);
    byte[] error6 = Packets.error(true, 3, 0, 0, Packets.ip6Fragment(TARGET_6, REQUEST_6));
    assertNoPrefixOf(error6, true, 8 + 40 + 8 + 8);
    assertNoPrefixOf(Packets.replyTo(REQUEST_6), true, 8);
  }

  @Test
  void otherPacketsSayNothing() {
    assertNull(read(Packets.ip4(TARGET, 0, REQUEST), false, RAW), "a request");
    assertNull(read(REQUEST_6, true, RAW), "a request");
    byte[] redirect = Packets.error(false, 5, 1, 0, Packets.ip4(TARGET, 0, REQUEST));
    assertNull(read(Packets.ip4(TARGET, 0, redirect), false, RAW), "a redirect");
    byte[] ofReply =
        Packets.error(false, 3, 1, 0, Packets.ip4(TARGET, 0, Packets.replyTo(REQUEST)));
    assertNull(read(Packets.ip4(TARGET, 0, ofReply), false, RAW), "an error about a reply");
    byte[] udp = Packets.ip4(TARGET, 0, REQUEST);
    udp[9] = 17;
    byte[] ofUdp = Packets.error(false, 3, 3, 0, udp);
    assertNull(read(Packets.ip4(TARGET, 0, ofUdp), false, RAW), "an error about UDP");
    byte[] fragment = Packets.ip4(TARGET, 0, REQUEST);
    fragment[7] = 9;
    byte[] ofFragment = Packets.error(false, 11, 1, 0, fragment);
    assertNull(read(Packets.ip4(TARGET, 0, ofFragment), false, RAW), "no first fragment");
    byte[] ofUdp6 = Packets.error(true, 1, 4, 0, Packets.ip6(TARGET_6, REQUEST_6));
    ofUdp6[8 + 6] = 17;
    assertNull(read(ofUdp6, true, RAW), "an error about UDP");
  }

  @Test
  void aWrongChecksumSaysNothingWhereTheKernelHasNotLooked() {
    byte[] reply = Packets.replyTo(REQUEST);
    reply[8] ^= 1;
    assertNull(read(Packets.ip4(TARGET, 0, reply), false, RAW));
    assertInstanceOf(IcmpNews.Answered.class, read(reply, false, DATAGRAM));
  }

  private static void assertNoPrefixOf(byte[] packet, boolean ip6, int enough) {
    for (int length = 0; length < enough; length++) {
      assertNull(read(Arrays.copyOf(packet, length), ip6, RAW), "of length " + length);
    }
  }

  private static void assertAnswered(@Nullable IcmpNews news) {
    IcmpNews.Answered answered = assertInstanceOf(IcmpNews.Answered.class, news);
    assertEquals(0xabcd, answered.id());
    assertEquals(0x8001, answered.sequence());
    assertArrayEquals(new byte[] {1, 2}, ByteBufUtil.getBytes(answered.payload()));
  }

  private static Grief assertLost(@Nullable IcmpNews news, InetAddress destination) {
    IcmpNews.Lost lost = assertInstanceOf(IcmpNews.Lost.class, news);
    assertEquals(0xabcd, lost.id());
    assertEquals(0x8001, lost.sequence());
    assertArrayEquals(destination.getAddress(), lost.destination());
    return lost.grief();
  }

  private static @Nullable IcmpNews read(byte[] packet, boolean ip6, SocketKind kind) {
    return IcmpReader.read(Unpooled.wrappedBuffer(packet), ip6, kind);
  }
}
