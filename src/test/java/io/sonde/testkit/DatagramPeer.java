package io.sonde.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A UDP socket on a loopback address that answers each datagram with some others. */
public final class DatagramPeer implements AutoCloseable {
  private static final int MAX_BYTES = 65_535;

  private final DatagramSocket socket;
  private final List<byte[]> received = new CopyOnWriteArrayList<>();

  private DatagramPeer(DatagramSocket socket) {
    this.socket = socket;
  }

  /** One at 127.0.0.1 that sends back what {@code script} makes of each datagram, in order. */
  public static DatagramPeer answering(Function<byte[], List<byte[]>> script) {
    return answering("127.0.0.1", script);
  }

  /** One at a loopback address. */
  public static DatagramPeer answering(
      String loopbackAddress, Function<byte[], List<byte[]>> script) {
    try {
      DatagramPeer peer =
          new DatagramPeer(new DatagramSocket(new InetSocketAddress(loopbackAddress, 0)));
      Threads.start("datagram-peer", () -> peer.play(script));
      return peer;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** {@code host:port}, IPv6 in brackets. */
  public String address() {
    String host = socket.getLocalAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + socket.getLocalPort();
  }

  /** The datagrams so far. */
  public List<byte[]> received() {
    return received;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void play(Function<byte[], List<byte[]>> script) {
    byte[] buffer = new byte[MAX_BYTES];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
        received.add(bytes);
        for (byte[] answer : script.apply(bytes)) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (SocketException ignored) {
      // Closed.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
