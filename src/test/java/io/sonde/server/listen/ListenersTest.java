package io.sonde.server.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.sonde.probe.Loops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenersTest {
  private final Loops loops = Loops.start(1);
  private final BlockingQueue<Channel> welcomed = new LinkedBlockingQueue<>();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    loops.close();
  }

  @Test
  void nobodyIsAcceptedBeforeItIsTime() throws Exception {
    Listeners listeners = open("127.0.0.1:0");
    InetSocketAddress local = (InetSocketAddress) listeners.localAddresses().get(0);
    try (Socket early = new Socket(local.getAddress(), local.getPort())) {
      assertTrue(early.isConnected());
      loops.next().submit(() -> {}).await();
      assertNull(welcomed.poll());
      listeners.accept();
      assertTrue(await().isActive());
    } finally {
      listeners.close();
    }
  }

  @Test
  void aPortInUseIsFoundAndNothingStaysOpen() throws Exception {
    Path path = folder.resolve("s.sock");
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String second = "127.0.0.1:" + taken.getLocalPort();
      String error = failure("unix://" + path, second);
      assertTrue(error.startsWith("listen tcp " + second + ": "), error);
      assertTrue(error.contains("in use"), error);
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void aUnixSocketIsListenedOnAndItsFileRemoved() throws Exception {
    Path path = folder.resolve("s.sock");
    Listeners listeners = open("unix://" + path);
    listeners.accept();
    assertEquals(List.of("unix://" + path), listeners.texts());
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertTrue(client.isConnected());
      assertTrue(await().isActive());
    }
    listeners.close();
    assertFalse(Files.exists(path));
  }

  @Test
  void aSocketThatNobodyListensOnIsReplaced() throws Exception {
    Path path = folder.resolve("s.sock");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path))
        .close();
    assertTrue(Files.exists(path));
    Listeners listeners = open("unix://" + path);
    listeners.accept();
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertTrue(client.isConnected());
    }
    listeners.close();
  }

  @Test
  void aSocketThatSomebodyListensOnIsLeftAlone() throws Exception {
    Path path = folder.resolve("s.sock");
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(path));
      String error = failure("unix://" + path);
      assertTrue(error.startsWith("listen unix unix://" + path), error);
      try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        assertTrue(client.isConnected());
      }
    }
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws Exception {
    Path path = Files.writeString(folder.resolve("precious"), "data");
    assertThrows(IOException.class, () -> open("unix://" + path));
    assertEquals("data", Files.readString(path));
  }

  private String failure(String... addresses) {
    return String.valueOf(assertThrows(IOException.class, () -> open(addresses)).getMessage());
  }

  private Listeners open(String... addresses) throws IOException {
    Listeners listeners =
        new Listeners(loops, List.of(addresses).stream().map(ListenAddress::parse).toList());
    listeners.open(welcomed::add);
    return listeners;
  }

  private Channel await() throws InterruptedException {
    Channel channel = welcomed.poll(10, TimeUnit.SECONDS);
    if (channel == null) {
      throw new AssertionError("no connection was accepted");
    }
    return channel;
  }
}
