package io.sonde.server.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    ":9115, '', 9115",
    "127.0.0.1:0, 127.0.0.1, 0",
    "[::1]:80, ::1, 80",
    "localhost:65535, localhost, 65535",
  })
  void listenAddressesAreHostAndPort(String text, String host, int port) {
    assertEquals(new TcpAddress(text, host, port), ListenAddress.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "9115, missing port in address",
    "[::1], missing port in address",
    "::1:80, too many colons in address",
    ":x, 'expected a port between 0 and 65535, got \"x\"'",
    ":65536, 'expected a port between 0 and 65535, got \"65536\"'",
  })
  void otherListenAddressesAreErrors(String text, String what) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text));
    assertEquals("listen tcp: address " + text + ": " + what, error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"unix:///run/s.sock, /run/s.sock", "unix:/s, /s"})
  void unixAddressesArePaths(String text, String path) {
    assertEquals(new UnixAddress(text, Path.of(path)), ListenAddress.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"unix:", "unix://run/s.sock", "unix:///run/", "unix:s.sock", "unix:@name"})
  void otherUnixAddressesAreErrors(String text) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text));
    assertEquals(
        "listen unix: address " + text + ": expected unix:///path/of/the/socket",
        error.getMessage());
  }
}
