package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.sonde.testkit.UdpPeer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A UDP service that must not be reached, and knows who came first. */
final class PacketVictim implements AutoCloseable {
  private static final byte[] KNOCK = "knock".getBytes(StandardCharsets.US_ASCII);

  private final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();
  private final UdpPeer peer =
      UdpPeer.answering(
          packet -> {
            packets.add(packet);
            return List.of();
          });

  String address() {
    return peer.address();
  }

  /** Waits until something has come. */
  void demandReached() {
    next();
  }

  /** Comes itself, and demands that nobody was there before. */
  void demandUntouched() {
    String text = peer.address();
    int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(
              KNOCK, KNOCK.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertArrayEquals(KNOCK, next());
  }

  private byte[] next() {
    try {
      return Objects.requireNonNull(packets.poll(30, TimeUnit.SECONDS), "no packet came");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    peer.close();
  }
}
