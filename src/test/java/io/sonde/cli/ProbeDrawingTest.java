package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.ProbeResult;
import io.sonde.testkit.Results;
import org.junit.jupiter.api.Test;

class ProbeDrawingTest {
  @Test
  void aPassedProbeIsAWaterfallPerHop() {
    assertEquals(
        """
        PASSED  web  http://u:<secret>@good.example/old  in 100 ms (timeout 5s)

        GET http://good.example/old  →  192.0.2.1:80 (IPv4)
          resolve      5.00 ms  █▊
          connect      5.00 ms   █▊
          processing   40.0 ms     █████████████▋
          HTTP/1.1 301 Moved Permanently → /new

        GET http://good.example/new  →  192.0.2.1:80 (IPv4)
          connect      5.00 ms                   █▊
          processing   40.0 ms                    █████████████▋
          transfer     5.00 ms                                  █▊
          HTTP/1.1 200 OK, body 1,234 bytes
        """,
        draw(Terminal.plain().with("COLUMNS", "60"), Results.passed()));
  }

  @Test
  void aFailureSaysWhyWhatToCheckAndWhatThePeerSent() {
    assertEquals(
        """
        FAILED  web  https://old.example  in 40.0 ms (timeout 5s)
          why    certificate expired 3 days ago
                 a certificate has expired (reason cert_expired, phase tls)
          check  renew it, and reload the server: many keep the old one in memory

        GET https://old.example  ->  192.0.2.1:80 (IPv4)
          connect      10.0 ms               ##############
          tls          20.0 ms                             ........................... x

        Certificates as sent
          0  CN=old\\x1b[31m.example
             names    old.example, 192.0.2.1
             issuer   CN=Root
             expired  2026-11-18 12:00:00 UTC, 3 days ago
          1  CN=Soon
             issuer   CN=Root
             expires  2026-11-25 12:00:00 UTC, 3 days left

        Seen on the way
          Something\\u202e odd  seen="a b"  n=1.5
        """,
        draw(Terminal.plain().with("LANG", "C"), Results.expired()));
  }

  @Test
  void barsFitWhateverTheWidthIs() {
    for (String columns : new String[] {"40", "57", "80", "133", "1", "x", "99999", "500"}) {
      Terminal terminal = Terminal.plain().with("COLUMNS", columns);
      int width = terminal.screen().width();
      draw(terminal, Results.passed())
          .lines()
          .filter(line -> line.matches("  [a-z]+ +[0-9.]+ m?s .*"))
          .forEach(line -> assertTrue(line.length() <= width, () -> columns + ": " + line));
    }
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    ProbeResult result = Results.expired();
    assertTrue(draw(Terminal.plain().interactive(), result).contains("\u001b[1;31mFAILED"));
    assertFalse(draw(Terminal.plain(), result).contains("\u001b"));
    assertFalse(
        draw(Terminal.plain().interactive().with("NO_COLOR", "1"), result).contains("\u001b"));
    assertFalse(
        draw(Terminal.plain().interactive().with("TERM", "dumb"), result).contains("\u001b"));
  }

  @Test
  void nothingBeyondAsciiIsWrittenWhereTheLocaleIsNotUtf8() {
    for (ProbeResult result : new ProbeResult[] {Results.passed(), Results.expired()}) {
      assertTrue(
          draw(Terminal.plain().with("LC_ALL", "C"), result).chars().allMatch(c -> c < 0x7f));
    }
  }

  @Test
  void theTrailIsShownOnRequest() {
    String drawn = ProbeDrawing.draw(Terminal.plain().screen(), Results.passed(), true, false);
    assertTrue(
        drawn.endsWith(
            """

            Trail
                   0.000 ms  DEBUG  Beginning probe
                  50.000 ms  INFO   Received redirect  location=/new
            """),
        drawn);
  }

  private static String draw(Terminal terminal, ProbeResult result) {
    return ProbeDrawing.draw(terminal.screen(), result, false, false);
  }
}
