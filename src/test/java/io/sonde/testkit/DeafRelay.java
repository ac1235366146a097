package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A path to a UDP peer for one client that loses all but the first packets of the client, and none
 * of the peer's: the peer never learns what the client makes of its answers.
 */
public final class DeafRelay implements AutoCloseable {
  private static final int LONGEST_PACKET_BYTES = 65_535;

  private final DatagramSocket front;
  private final DatagramSocket back;
  private final int passed;
  private final AtomicInteger sent = new AtomicInteger();
  private volatile SocketAddress client = new InetSocketAddress(0);

  private DeafRelay(int port, int passed) {
    this.passed = passed;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      front = new DatagramSocket(new InetSocketAddress(loopback, 0));
      back = new DatagramSocket(new InetSocketAddress(loopback, 0));
      back.connect(new InetSocketAddress(loopback, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Threads.start("deaf-relay-to-peer", () -> relay(front, this::fromClient));
    Threads.start("deaf-relay-to-client", () -> relay(back, this::fromPeer));
  }

  /** One to the peer at a port, which gets so many packets of the client. */
  public static DeafRelay passing(int packets, int port) {
    return new DeafRelay(port, packets);
  }

  /** Where it listens, as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + front.getLocalPort();
  }

  /** How many packets the client has sent so far. */
  public int sent() {
    return sent.get();
  }

  @Override
  public void close() {
    front.close();
    back.close();
  }

  private void fromClient(DatagramPacket packet) throws IOException {
    client = packet.getSocketAddress();
    if (sent.incrementAndGet() <= passed) {
      back.send(new DatagramPacket(packet.getData(), packet.getLength()));
    }
  }

  private void fromPeer(DatagramPacket packet) throws IOException {
    front.send(new DatagramPacket(packet.getData(), packet.getLength(), client));
  }

  private static void relay(DatagramSocket socket, Relaying step) {
    DatagramPacket packet =
        new DatagramPacket(new byte[LONGEST_PACKET_BYTES], LONGEST_PACKET_BYTES);
    while (!socket.isClosed()) {
      try {
        packet.setLength(LONGEST_PACKET_BYTES);
        socket.receive(packet);
        step.relay(packet);
      } catch (IOException ignored) {
        // Closed, or the other side is gone.
      }
    }
  }

  /** Where a packet goes. */
  private interface Relaying {
    void relay(DatagramPacket packet) throws IOException;
  }
}
