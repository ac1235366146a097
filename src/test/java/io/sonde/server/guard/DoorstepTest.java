package io.sonde.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.sonde.net.tls.TlsServerContext;
import io.sonde.probe.Loops;
import io.sonde.telemetry.WebStats;
import io.sonde.telemetry.WebStats.HandshakeFailure;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not get as far as a request is given up, in time and in number. */
class DoorstepTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(200);
  private static final int MANY = 100;
  private static final int READ_MILLIS = 30_000;

  @TempDir private Path folder;
  private final TestCa ca = TestCa.root("door");
  private final Loops loops = Loops.start(1);
  private final WebStats stats = new WebStats();
  private final BlockingQueue<Channel> arrived = new LinkedBlockingQueue<>();
  private final BlockingQueue<Channel> greeted = new LinkedBlockingQueue<>();
  private TlsServerContext context;

  @BeforeEach
  void makeContext() throws Exception {
    TestIdentity identity = ca.issue("CN=door").ip("127.0.0.1").issue();
    Files.writeString(folder.resolve("c"), identity.certificatePem());
    Files.writeString(folder.resolve("k"), identity.keyPem());
    Path file = folder.resolve("web.yml");
    Files.writeString(file, "tls_server_config: {cert_file: c, key_file: k}\n");
    context = Objects.requireNonNull(new WebFile(file).read().tls());
  }

  @AfterEach
  void close() {
    loops.close();
  }

  @Test
  void whoSaysNothingIsGivenUp() throws Exception {
    try (Socket silent = connect(listen(SOON, MANY))) {
      assertEquals(-1, silent.getInputStream().read());
    }
    assertEquals(1, stats.failures(HandshakeFailure.TIMEOUT));
  }

  @Test
  void whoStopsWithinTheHandshakeIsGivenUp() throws Exception {
    try (Socket slow = connect(listen(SOON, MANY))) {
      slow.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0});
      assertEquals(-1, slow.getInputStream().read());
    }
    assertEquals(1, stats.failures(HandshakeFailure.TIMEOUT));
  }

  @Test
  void whoIsThroughIsNotGivenUp() throws Exception {
    try (SSLSocket guest = handshake(listen(SOON, MANY))) {
      awaitGreeted();
      guest.setSoTimeout(2 * (int) SOON.toMillis());
      InputStream in = guest.getInputStream();
      assertThrows(SocketTimeoutException.class, in::read, "the connection stays");
    }
    assertEquals(0, stats.failures(HandshakeFailure.TIMEOUT));
  }

  @Test
  void whereTooManyCrowdTheOldestHasToGo() throws Exception {
    int port = listen(NEVER, 2);
    try (Socket oldest = connect(port);
        Socket older = connect(port);
        SSLSocket guest = handshake(port)) {
      assertEquals(-1, oldest.getInputStream().read());
      assertEquals(1, stats.failures(HandshakeFailure.CROWDED));
      awaitGreeted();
      // There is room again: the one that is through no longer counts.
      connect(port).close();
      older.setSoTimeout(100);
      InputStream in = older.getInputStream();
      assertThrows(SocketTimeoutException.class, in::read, "nobody else had to go");
      assertEquals("TLSv1.3", guest.getSession().getProtocol());
    }
  }

  @Test
  void aCrowdOfSilentOnesDoesNotKeepAnHonestClientOut() throws Exception {
    int port = listen(NEVER, 4);
    for (int i = 0; i < MANY; i++) {
      connect(port);
    }
    handshake(port).close();
    awaitGreeted();
    assertEquals(MANY - 3, stats.failures(HandshakeFailure.CROWDED));
  }

  private int listen(Duration limit, int mostAtOnce) {
    TlsEncryption encryption =
        new TlsEncryption(
            () -> context, true, stats, TlsEncryption.newComplaints(), limit, mostAtOnce);
    Channel listener =
        new ServerBootstrap()
            .group(loops.group())
            .channelFactory(loops.transport()::newServerSocket)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    arrived.add(channel);
                    encryption.begin(
                        channel, () -> greeted.add(channel), () -> greeted.add(channel));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Returns once the connection stands on the doorstep. */
  private Socket connect(int port) throws IOException, InterruptedException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_MILLIS);
    next(arrived);
    return socket;
  }

  private SSLSocket handshake(int port) throws Exception {
    Socket socket = connect(port);
    SSLSocket guest =
        (SSLSocket)
            TlsVisitor.trusting(ca, null)
                .getSocketFactory()
                .createSocket(socket, "127.0.0.1", port, true);
    try {
      guest.startHandshake();
    } catch (SocketException e) {
      throw new AssertionError("turned away", e);
    }
    return guest;
  }

  private void awaitGreeted() throws InterruptedException {
    next(greeted);
  }

  private static void next(BlockingQueue<Channel> channels) throws InterruptedException {
    if (channels.poll(READ_MILLIS, TimeUnit.MILLISECONDS) == null) {
      throw new AssertionError("nobody came");
    }
  }
}
