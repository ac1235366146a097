package io.sonde.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on a loopback port that does its work: CONNECT, requests in absolute form, SOCKS 5. Every
 * name means 127.0.0.1 to it. Remembers what it was asked. Plain blocking sockets: nothing of what
 * is under test judges itself.
 */
public final class RelayingProxy implements AutoCloseable {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final ServerSocket listener;
  private final @Nullable String user;
  private final @Nullable String password;
  private final List<String> asked = new ArrayList<>();
  private final Set<Socket> open = new HashSet<>();
  private boolean closed;

  private RelayingProxy(ServerSocket listener, @Nullable String user, @Nullable String password) {
    this.listener = listener;
    this.user = user;
    this.password = password;
    Threads.start("proxy-" + listener.getLocalPort(), this::acceptAll);
  }

  /** A proxy for everybody. */
  public static RelayingProxy open() {
    return new RelayingProxy(listener(null), null, null);
  }

  /** A proxy for one user. */
  public static RelayingProxy of(String user, String password) {
    return new RelayingProxy(listener(null), user, password);
  }

  /** A proxy that wants TLS. */
  public static RelayingProxy behindTls(SSLContext context) {
    return new RelayingProxy(listener(context), null, null);
  }

  /** Where it listens, as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** What was asked so far: heads of requests, or {@code SOCKS host:port}. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** Stops listening and ends every connection. */
  @Override
  public void close() {
    List<Socket> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(open);
    }
    Threads.closeQuietly(listener);
    ending.forEach(Threads::closeQuietly);
  }

  private static ServerSocket listener(@Nullable SSLContext context) {
    try {
      ServerSocket socket =
          context == null
              ? new ServerSocket()
              : context.getServerSocketFactory().createServerSocket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = own(listener.accept());
        Threads.start("proxied-" + client.getPort(), () -> serve(client));
      }
    } catch (IOException ignored) {
      // The listener was closed: the test is over.
    }
  }

  private synchronized Socket own(Socket socket) throws IOException {
    if (closed) {
      socket.close();
      throw new IOException("closed");
    }
    open.add(socket);
    return socket;
  }

  private void serve(Socket client) {
    try {
      client.setTcpNoDelay(true);
      InputStream in = client.getInputStream();
      int first = readByte(in);
      if (first == 5) {
        serveSocks(client, in);
      } else {
        serveHttp(client, (char) first + readHead(in));
      }
    } catch (IOException ignored) {
      Threads.closeQuietly(client);
    }
  }

  private void serveHttp(Socket client, String head) throws IOException {
    note(head);
    String line = head.substring(0, head.indexOf("\r\n"));
    String target = line.split(" ")[1];
    if (user != null && !head.contains("\r\nProxy-Authorization: " + basic() + "\r\n")) {
      say(client, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
      client.close();
    } else if (line.startsWith("CONNECT ")) {
      connect(
          client, target, "HTTP/1.1 200 Connection established\r\n\r\n", "HTTP/1.1 502 No\r\n\r\n");
    } else {
      String authority = target.substring("http://".length(), target.indexOf('/', 7));
      Socket server = reach(authority.indexOf(':') < 0 ? authority + ":80" : authority);
      say(server, head.replace("http://" + authority, ""));
      relay(client, server);
    }
  }

  private void serveSocks(Socket client, InputStream in) throws IOException {
    boolean offersLogin = false;
    for (int methods = readByte(in); methods > 0; methods--) {
      offersLogin |= readByte(in) == 2;
    }
    if (user != null) {
      say(client, offersLogin ? "\5\2" : "\5\u00ff");
      boolean known = offersLogin && readByte(in) == 1;
      String saysUser = readText(in);
      String saysPassword = readText(in);
      known = known && saysUser.equals(user) && saysPassword.equals(password);
      say(client, known ? "\1\0" : "\1\1");
    } else {
      say(client, "\5\0");
    }
    in.skipNBytes(3);
    int type = readByte(in);
    String host =
        type == 3
            ? readText(in)
            : InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16)).getHostAddress();
    int port = readByte(in) << 8 | readByte(in);
    note("SOCKS " + host + ":" + port);
    connect(client, host + ":" + port, "\5\0\0\1\0\0\0\0\0\0", "\5\5\0\1\0\0\0\0\0\0");
  }

  private void connect(Socket client, String authority, String good, String bad)
      throws IOException {
    Socket server;
    try {
      server = reach(authority);
    } catch (IOException ignored) {
      say(client, bad);
      client.close();
      return;
    }
    say(client, good);
    relay(client, server);
  }

  private Socket reach(String authority) throws IOException {
    int colon = authority.lastIndexOf(':');
    Socket server = own(new Socket());
    server.connect(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(authority.substring(colon + 1))));
    server.setTcpNoDelay(true);
    return server;
  }

  private static void relay(Socket client, Socket server) {
    Threads.start("relay-" + client.getPort(), () -> copy(client, server));
    copy(server, client);
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException broken) {
      try {
        // What was reset there is reset here.
        to.setSoLinger(true, 0);
      } catch (IOException ignored) {
        // Already closed.
      }
      Threads.closeQuietly(to);
      Threads.closeQuietly(from);
    }
  }

  private synchronized void note(String what) {
    asked.add(what);
  }

  private String basic() {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static void say(Socket socket, String latin1) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END_OF_HEAD) < 0) {
      head.append((char) readByte(in));
    }
    return head.toString();
  }

  private static String readText(InputStream in) throws IOException {
    return new String(in.readNBytes(readByte(in)), StandardCharsets.UTF_8);
  }

  private static int readByte(InputStream in) throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException();
    }
    return value;
  }
}
