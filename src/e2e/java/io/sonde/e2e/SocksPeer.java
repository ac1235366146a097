package io.sonde.e2e;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A SOCKS5 proxy (RFC 1928, 1929) that notes what it is asked and by whom. It opens the way, unless
 * the user's name says how to refuse.
 */
final class SocksPeer implements Closeable {
  private static final int VERSION = 5;
  private static final int USER_AND_PASSWORD = 2;
  private static final int NONE_FITS = 0xff;

  private final ServerSocket server = new ServerSocket();

  private SocksPeer(int port) throws IOException {
    server.bind(new InetSocketAddress("127.0.0.1", port), 64);
  }

  static SocksPeer start(int port, Arrivals arrivals) throws IOException {
    SocksPeer peer = new SocksPeer(port);
    arrivals.accept(peer.server, "socks", peer::serve);
    return peer;
  }

  private void serve(Socket accepted, Arrivals.Connection connection) {
    try (Socket socket = accepted;
        connection) {
      socket.setSoTimeout(15_000);
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Peer.Line line = new Peer.Line(socket, in, socket.getOutputStream());
      List<String> facts = new ArrayList<>();
      String user = greeting(in, line, facts);
      if (user.equals("no-method")) {
        connection.sent(new Arrivals.Request("socks", "refused", facts, "", List.of()));
        return;
      }
      InetSocketAddress target = target(in, facts);
      connection.sent(new Arrivals.Request("socks", "asked", facts, "", List.of()));
      answer(user, target, line);
    } catch (IOException ignored) {
      // The other side left early, which many a script provokes.
    }
  }

  /** Reads methods and credentials; returns the user's name, or an empty text. */
  private static String greeting(DataInputStream in, Peer.Line line, List<String> facts)
      throws IOException {
    facts.add("version: " + in.read());
    byte[] methods = in.readNBytes(in.read());
    StringBuilder offered = new StringBuilder();
    boolean byPassword = false;
    for (byte method : methods) {
      offered.append(' ').append(method);
      byPassword |= method == USER_AND_PASSWORD;
    }
    facts.add("methods:" + offered);
    if (!byPassword) {
      line.say(new byte[] {VERSION, 0});
      return "";
    }
    line.say(new byte[] {VERSION, USER_AND_PASSWORD});
    in.read();
    String user = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
    facts.add("user: " + user);
    facts.add("password: " + new String(in.readNBytes(in.read()), StandardCharsets.UTF_8));
    if (user.equals("stranger")) {
      line.say(new byte[] {1, 1});
      return "no-method";
    }
    line.say(new byte[] {1, 0});
    return user;
  }

  private static InetSocketAddress target(DataInputStream in, List<String> facts)
      throws IOException {
    facts.add("request: " + in.read() + " " + in.read() + " " + in.read());
    int type = in.read();
    facts.add("type: " + type);
    byte[] address = in.readNBytes(type == 3 ? in.read() : type == 4 ? 16 : 4);
    String host =
        type == 3
            ? new String(address, StandardCharsets.UTF_8)
            : InetAddress.getByAddress(address).getHostAddress();
    int port = in.readUnsignedShort();
    facts.add("target: " + host + " " + port);
    return new InetSocketAddress(host.endsWith(".invalid") ? "127.0.0.1" : host, port);
  }

  private static void answer(String user, InetSocketAddress target, Peer.Line line)
      throws IOException {
    byte[] reply = {VERSION, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    switch (user) {
      case "refused" -> reply[1] = 5;
      case "forbidden" -> reply[1] = 2;
      case "garbage" -> reply[0] = (byte) NONE_FITS;
      case "silent" -> {
        line.keepSilent();
        return;
      }
      case "close" -> {
        return;
      }
      case "named" -> {
        line.say(new byte[] {VERSION, 0, 0, 3, 1, 'x', 0, 0});
        reply = new byte[0];
      }
      default -> {}
    }
    line.say(reply);
    if (reply.length == 0 || reply[0] == VERSION && reply[1] == 0) {
      try (Socket far = new Socket(target.getAddress(), target.getPort())) {
        ProxyScripts.relay(line, far);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
