package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Somebody at a UDP port of the loopback interface who answers each packet by a script. */
public final class UdpPeer implements AutoCloseable {
  private static final int LONGEST_PACKET_BYTES = 65_535;

  private final DatagramSocket socket;
  private final List<byte[]> received = new CopyOnWriteArrayList<>();

  private UdpPeer(DatagramSocket socket) {
    this.socket = socket;
  }

  /** One that never answers. */
  public static UdpPeer silent() {
    return answering(packet -> List.of());
  }

  /** One at 127.0.0.1 that answers each packet with those that {@code script} makes of it. */
  public static UdpPeer answering(Function<byte[], List<byte[]>> script) {
    return answering("127.0.0.1", script);
  }

  /** One at a loopback address. */
  public static UdpPeer answering(String loopbackAddress, Function<byte[], List<byte[]>> script) {
    try {
      UdpPeer peer = new UdpPeer(new DatagramSocket(new InetSocketAddress(loopbackAddress, 0)));
      Threads.start("udp-peer", () -> peer.answer(script));
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, as {@code host:port}, IPv6 in brackets. */
  public String address() {
    String host = socket.getLocalAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + socket.getLocalPort();
  }

  /** The packets so far. */
  public List<byte[]> received() {
    return received;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void answer(Function<byte[], List<byte[]>> script) {
    byte[] buffer = new byte[LONGEST_PACKET_BYTES];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
        received.add(bytes);
        for (byte[] answer : script.apply(bytes)) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException ignored) {
        // Closed, or the other side is gone.
      }
    }
  }
}
