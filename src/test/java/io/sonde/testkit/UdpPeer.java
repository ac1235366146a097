package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Somebody at a UDP port of the loopback interface who answers each packet by a script. */
public final class UdpPeer implements AutoCloseable {
  private static final int LONGEST_PACKET_BYTES = 65_535;

  private final DatagramSocket socket;

  private UdpPeer(Function<byte[], List<byte[]>> script) {
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Threads.start("udp-peer", () -> answer(script));
  }

  /** One that never answers. */
  public static UdpPeer silent() {
    return answering(packet -> List.of());
  }

  /** One that answers each packet with the packets that {@code script} makes of it. */
  public static UdpPeer answering(Function<byte[], List<byte[]>> script) {
    return new UdpPeer(script);
  }

  /** Where it listens, as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() {
    socket.close();
  }

  private void answer(Function<byte[], List<byte[]>> script) {
    DatagramPacket packet =
        new DatagramPacket(new byte[LONGEST_PACKET_BYTES], LONGEST_PACKET_BYTES);
    while (!socket.isClosed()) {
      try {
        packet.setLength(LONGEST_PACKET_BYTES);
        socket.receive(packet);
        for (byte[] answer : script.apply(Arrays.copyOf(packet.getData(), packet.getLength()))) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException ignored) {
        // Closed, or the other side is gone.
      }
    }
  }
}
