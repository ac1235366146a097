package io.sonde.net.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.unix.Errors.NativeIoException;
import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnixDialerTest {
  private static final String PATH = "/run/db.sock";

  @ParameterizedTest
  @CsvSource({
    "2, refused, /run/db.sock: no such socket",
    "20, refused, /run/db.sock: no such socket",
    "111, refused, /run/db.sock: no such socket",
    "11, refused, /run/db.sock: its queue of connections is full",
    "13, config, permission denied connecting to unix socket /run/db.sock",
    "1, config, permission denied connecting to unix socket /run/db.sock",
    "91, config, /run/db.sock: not a stream socket",
    "24, descriptors, /run/db.sock: this process has no file descriptor left",
    "23, descriptors, /run/db.sock: this machine has no file descriptor left"
  })
  void anErrorNumberIsAReason(int number, String reason, String message) {
    assertFailure(reason, message, new NativeIoException("connect", -number));
  }

  @Test
  void theWordsOfTheJdkAreReasonsToo() {
    String denied = "permission denied connecting to unix socket " + PATH;
    assertFailure("config", denied, new SocketException("Permission denied"));
    String missing = PATH + ": no such socket";
    assertFailure("refused", missing, new SocketException("No such file or directory"));
    assertFailure("refused", missing, new FileNotFoundException());
    assertFailure("unreachable", PATH + ": odd", new IOException("odd"));
  }

  private static void assertFailure(String reason, String message, Throwable cause) {
    Failure failure = UnixDialer.failure(ConnectErrors.errorNumber(cause), PATH, cause).failure();
    assertEquals(Phase.CONNECT, failure.phase());
    assertEquals(reason, failure.reason().label());
    assertEquals(message, failure.message());
  }
}
