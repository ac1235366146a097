package io.sonde.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Brings packets to a {@link Peer}, each by a connection of its own, and its answers back. */
public final class TcpCarrier implements AutoCloseable {
  private final IntSupplier port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** {@code port} of 127.0.0.1 is asked for with every packet. */
  public TcpCarrier(IntSupplier port) {
    this.port = port;
  }

  /** Brings a packet; {@code answer} takes one that is as long, on another thread. */
  public void carry(byte[] packet, Consumer<byte[]> answer) {
    Threads.start("carrier", () -> bring(packet, answer));
  }

  private void bring(byte[] packet, Consumer<byte[]> answer) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt())) {
      sockets.add(socket);
      socket.getOutputStream().write(packet);
      byte[] reply = socket.getInputStream().readNBytes(packet.length);
      if (reply.length == packet.length) {
        answer.accept(reply);
      }
    } catch (IOException ignored) {
      // Nothing comes back, as so often with packets.
    }
  }

  @Override
  public void close() {
    sockets.forEach(Threads::closeQuietly);
  }
}
