package io.sonde.e2e;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A name server that answers well or badly over UDP and TCP, as the first label of the question
 * says; {@link DnsScripts} has the answers. Notes every question, its id left out.
 */
final class DnsPeer implements Closeable {
  private static final int PATIENCE_MILLIS = 15_000;
  private static final int MOST_BYTES = 0xffff;
  private static final int HEADER_BYTES = 12;

  /** A question as it came: its whole message. */
  record Question(byte[] message) {
    /** The first label of its name. */
    String word() {
      int length = message.length > HEADER_BYTES ? message[HEADER_BYTES] : 0;
      return new String(message, HEADER_BYTES + 1, length, StandardCharsets.ISO_8859_1);
    }

    int id() {
      return ByteBuffer.wrap(message).getShort() & 0xffff;
    }

    /** Everything behind the header. */
    byte[] asked() {
      return Arrays.copyOfRange(message, HEADER_BYTES, message.length);
    }
  }

  /** The way back to whoever asked. */
  interface Line {
    /** Sends a message, as a datagram or after its length. */
    void say(byte[] message) throws IOException;
  }

  private final String place;
  private final Arrivals arrivals;
  private final DatagramSocket datagrams;
  private final ServerSocket server = new ServerSocket();

  private DnsPeer(String place, int port, Arrivals arrivals) throws IOException {
    this.place = place;
    this.arrivals = arrivals;
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    datagrams = new DatagramSocket(address);
    server.bind(address, 64);
  }

  static DnsPeer start(String place, int port, Arrivals arrivals) throws IOException {
    DnsPeer peer = new DnsPeer(place, port, arrivals);
    Peer.daemon(peer::receive).start();
    arrivals.accept(peer.server, place, peer::serve);
    return peer;
  }

  private void receive() {
    while (!datagrams.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
        datagrams.receive(packet);
        Question question = new Question(Arrays.copyOf(packet.getData(), packet.getLength()));
        InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
        arrivals.connected(place).sent(noted("udp", question, from.getAddress()));
        DnsScripts.playDatagrams(
            question,
            message -> send(datagrams, message, from),
            message -> stranger(message, from));
      } catch (IOException ignored) {
        // Closed: the run is over.
      }
    }
  }

  private static void send(DatagramSocket socket, byte[] message, InetSocketAddress to)
      throws IOException {
    socket.send(new DatagramPacket(message, message.length, to));
  }

  /** Says it from another port. */
  private static void stranger(byte[] message, InetSocketAddress to) throws IOException {
    try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
      send(other, message, to);
    }
  }

  private void serve(Socket accepted, Arrivals.Connection connection) {
    try (Socket socket = accepted;
        connection) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Question question = new Question(in.readNBytes(in.readUnsignedShort()));
      connection.sent(noted("tcp", question, socket.getInetAddress()));
      OutputStream out = socket.getOutputStream();
      DnsScripts.playStream(question, message -> out.write(framed(message)), socket);
      if (!socket.isClosed() && !socket.isOutputShutdown()) {
        in.readAllBytes();
      }
    } catch (IOException ignored) {
      // The other side left early, which many a script provokes.
    }
  }

  /** A message after its length. */
  static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(message.length + 2)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  private Arrivals.Request noted(String how, Question question, InetAddress from) {
    byte[] message = question.message();
    String header = HexFormat.of().formatHex(message, 2, Math.min(HEADER_BYTES, message.length));
    return new Arrivals.Request(
        place,
        how + " " + question.word(),
        List.of("header: " + header, "source: " + from.getHostAddress()),
        HexFormat.of().formatHex(question.asked()),
        List.of());
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    server.close();
  }
}
