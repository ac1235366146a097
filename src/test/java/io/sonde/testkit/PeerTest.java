package io.sonde.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The peers themselves keep their word: a lying peer would make every test above it lie. */
class PeerTest {
  @Test
  void aScriptIsPlayedInOrder() throws IOException {
    try (Peer peer =
            Peer.listening().sends("220 ready\r\n").readsUntil("\r\n").sends("221").closes();
        Socket socket = connect(peer.port())) {
      socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("220 ready\r\n221", rest(socket));
      assertEquals("QUIT\r\n", peer.received());
      assertTrue(peer.connection(0).arrivals().size() > 0);
    }
  }

  @Test
  void aCueLetsTheScriptGoOn() throws IOException {
    try (Peer peer = Peer.listening().dripsOnCue("ab").closes();
        Socket socket = connect(peer.port())) {
      peer.awaitCuePoint();
      peer.cue();
      assertEquals('a', socket.getInputStream().read());
      peer.awaitCuePoint();
      assertEquals(0, socket.getInputStream().available());
      peer.cue();
      assertEquals('b', socket.getInputStream().read());
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void aResetIsAReset() throws IOException {
    try (Peer peer = Peer.listening().reads(1).resets();
        Socket socket = connect(peer.port())) {
      socket.getOutputStream().write(1);
      assertThrows(SocketException.class, () -> socket.getInputStream().read());
    }
  }

  @Test
  void closingWithUnreadBytesIsNoReset() throws IOException {
    try (Peer peer = Peer.listening().waitsForCue().closes();
        Socket socket = connect(peer.port())) {
      socket.getOutputStream().write(new byte[1000]);
      peer.cue();
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void theNextConnectionMayHaveAScriptOfItsOwn() throws IOException {
    try (Peer peer =
            Peer.listening().sends("1").closes().thenOnNextConnection().sends("2").closes();
        Socket first = connect(peer.port());
        Socket second = connect(peer.port());
        Socket third = connect(peer.port())) {
      assertEquals("1", rest(first));
      assertEquals("2", rest(second));
      assertEquals("2", rest(third));
      assertEquals(3, peer.connections());
    }
  }

  @Test
  void theEndOfTheOtherSideIsSeen() throws IOException {
    try (Peer peer = Peer.listening().staysSilent()) {
      connect(peer.port()).close();
      peer.connection(0).awaitEnd();
    }
  }

  @Test
  void aRefusingPortRefuses() {
    try (DeadEnd end = DeadEnd.refusing()) {
      assertThrows(ConnectException.class, () -> connect(end.port()).close());
    }
  }

  @Test
  void aBlackHoleNeitherAcceptsNorRefuses() throws IOException {
    try (DeadEnd end = DeadEnd.blackHole();
        Socket socket = new Socket()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), end.port());
      assertThrows(SocketTimeoutException.class, () -> socket.connect(address, 50));
    }
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
