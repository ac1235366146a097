package io.sonde.server.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.sonde.probe.Loops;
import io.sonde.probe.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemdSocketsTest {
  private static final String PID = Long.toString(ProcessHandle.current().pid());

  @TempDir private Path folder;

  @Test
  void aListeningPortIsAdopted() throws Exception {
    Socket socket =
        listening(
            Socket.newSocketStream(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    int port = socket.localAddress().getPort();
    InheritedSocket adopted = SystemdSockets.adopt(socket.intValue(), "web");
    assertEquals(new InheritedSocket(socket.intValue(), "web", false), adopted);
    accepts(
        adopted,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        "127.0.0.1:" + port);
  }

  @Test
  void aListeningUnixSocketIsAdopted() throws Exception {
    Path path = folder.resolve("s.sock");
    Socket socket = listening(Socket.newSocketDomain(), new DomainSocketAddress(path.toString()));
    InheritedSocket adopted = SystemdSockets.adopt(socket.intValue(), "");
    assertTrue(adopted.unix());
    accepts(adopted, UnixDomainSocketAddress.of(path), "descriptor " + socket.intValue());
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    Socket idle = Socket.newSocketStream();
    Socket datagrams = Socket.newSocketDgram();
    assertTrue(refusal(idle.intValue()).contains("is no listening stream socket"));
    assertTrue(refusal(datagrams.intValue()).contains("is no listening stream socket"));
    assertTrue(refusal(0).contains("descriptor 0 is no socket"));
    idle.close();
    datagrams.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, LISTEN_PID is not set",
    "1, 1, 'LISTEN_PID is 1, which is another process'",
    "self, '', 'expected LISTEN_FDS between 1 and 64, got \"\"'",
    "self, 0, 'expected LISTEN_FDS between 1 and 64, got \"0\"'",
    "self, many, 'expected LISTEN_FDS between 1 and 64, got \"many\"'",
  })
  void withoutSocketsItSaysWhy(String pid, String count, String why) {
    Map<String, String> environment =
        Map.of("LISTEN_PID", pid.equals("self") ? PID : pid, "LISTEN_FDS", count);
    String error =
        String.valueOf(
            assertThrows(IOException.class, () -> SystemdSockets.find(environment, Transport.EPOLL))
                .getMessage());
    assertTrue(error.startsWith("no socket activation file descriptors found: " + why), error);
  }

  @Test
  void withoutEpollItSaysSo() {
    Map<String, String> environment = Map.of("LISTEN_PID", PID, "LISTEN_FDS", "1");
    IOException error =
        assertThrows(IOException.class, () -> SystemdSockets.find(environment, Transport.NIO));
    assertEquals(
        "sockets of systemd need Netty's native epoll, which is not loaded here",
        error.getMessage());
  }

  private static void accepts(InheritedSocket adopted, SocketAddress address, String text)
      throws Exception {
    BlockingQueue<Channel> welcomed = new LinkedBlockingQueue<>();
    try (Loops loops = Loops.start(1)) {
      Listeners listeners = new Listeners(loops, List.of(adopted));
      listeners.open(welcomed::add);
      listeners.accept();
      assertEquals(List.of(text), listeners.texts());
      for (int i = 0; i < 3; i++) {
        try (SocketChannel client = SocketChannel.open(address)) {
          assertTrue(client.isConnected());
          assertTrue(welcomed.take().isRegistered());
        }
      }
      listeners.close();
    }
  }

  private static Socket listening(Socket socket, SocketAddress address) throws IOException {
    socket.bind(address);
    socket.listen(16);
    return socket;
  }

  private static String refusal(int descriptor) {
    return String.valueOf(
        assertThrows(IOException.class, () -> SystemdSockets.adopt(descriptor, "")).getMessage());
  }
}
