package io.sonde.net.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "1, UNREACHABLE",
    "13, UNREACHABLE",
    "22, CONFIG",
    "23, DESCRIPTORS",
    "24, DESCRIPTORS",
    "97, UNREACHABLE",
    "98, DESCRIPTORS",
    "99, DESCRIPTORS",
    "101, UNREACHABLE",
    "103, CLOSED",
    "104, CLOSED",
    "110, TIMEOUT",
    "111, REFUSED",
    "113, UNREACHABLE",
    "5, UNREACHABLE"
  })
  void errorNumbersAreReasons(int number, Reason reason) {
    // As Netty words what it does not know better.
    assertReason(
        reason, new ConnectException("finishConnect(..) failed with error(-" + number + "): Text"));
    if (Epoll.isAvailable()) {
      assertReason(reason, new ChannelException(new NativeIoException("socket", -number)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Connection refused, REFUSED",
    "Network is unreachable, UNREACHABLE",
    "No route to host, UNREACHABLE",
    "Protocol family unavailable, UNREACHABLE",
    "Operation not permitted, UNREACHABLE",
    "Connection reset by peer, CLOSED",
    "Connection timed out, TIMEOUT",
    "Too many open files, DESCRIPTORS",
    "Too many open files in system, DESCRIPTORS",
    "Invalid argument, CONFIG",
    "Cannot assign requested address, DESCRIPTORS"
  })
  void textsOfTheSystemAreReasons(String text, Reason reason) {
    assertReason(reason, new IOException(text));
    assertReason(reason, new ChannelException("Failed to open a socket.", new IOException(text)));
  }

  @Test
  void wordsAreThoseOfTheSystem() {
    assertEquals(
        "Connection reset by peer",
        ConnectErrors.words(
            new IOException("recvmsg(..) failed with error(-104): Connection reset by peer")));
    assertEquals("Broken pipe", ConnectErrors.words(new IOException("Broken pipe")));
    assertEquals("null", ConnectErrors.words(new IOException()));
  }

  @Test
  void exceptionsWithoutTextAreReasonsToo() {
    assertReason(Reason.UNREACHABLE, new NoRouteToHostException());
    assertReason(Reason.CLOSED, new ClosedChannelException());
  }

  @Test
  void withASourceAWantingAddressIsTheSource() throws Exception {
    IOException thrown = new IOException("bind(..) failed with error(-99): Text");
    assertEquals(Reason.CONFIG, failure(thrown, InetAddress.getByName("192.0.2.9")).reason());
  }

  @Test
  void messagesTellAddressAndPort() {
    assertEquals(
        "[2001:db8::1]:443: connection refused",
        failure(new ConnectException("Connection refused"), null).message());
  }

  private static void assertReason(Reason expected, Throwable thrown) {
    Failure failure = failure(thrown, null);
    assertEquals(expected, failure.reason(), thrown::toString);
    assertEquals(Phase.CONNECT, failure.phase());
  }

  private static Failure failure(Throwable thrown, @Nullable InetAddress source) {
    try {
      InetSocketAddress remote = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 443);
      return ConnectErrors.failure(thrown, remote, source).failure();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
