package io.sonde.net.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "example.com:80, example.com, 80",
    "example.com:ssh, example.com, ssh",
    "127.0.0.1:0, 127.0.0.1, 0",
    "[::1]:443, ::1, 443",
    "[fe80::1%eth0]:22, fe80::1%eth0, 22",
    "[example.com]:80, example.com, 80",
    "a:, a, ''",
    ":80, '', 80",
    "[]:80, '', 80",
    "':', '', ''",
  })
  void hostAndPortAreSplitAtTheLastColon(String target, String host, String port) {
    assertEquals(new HostPort(host, port), HostPort.split(target));
  }

  @ParameterizedTest
  @CsvSource({
    "'', missing port",
    "example.com, missing port",
    "[::1], missing port",
    "[::1]80, missing port",
    "::1, too many colons",
    "a:1:2, too many colons",
    "[::1]:80:90, too many colons",
    "[::1:80, missing ']'",
    "a]:80, unexpected bracket",
    "a[:80, unexpected bracket",
    "[a[]:80, unexpected bracket",
    "[a]:8]0, unexpected bracket",
  })
  void anythingElseIsRefusedWithItsReason(String target, String problem) {
    assertNull(HostPort.split(target));
    String said = HostPort.splitProblem(target);
    assertTrue(said.contains(problem), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "]", "[]", "[:", "]:", "[]:", "::", "[[:]]:", "\0:\n"})
  void noTextMakesItStumble(String target) {
    HostPort split = HostPort.split(target);
    assertTrue(split != null || !HostPort.splitProblem(target).isEmpty());
  }
}
