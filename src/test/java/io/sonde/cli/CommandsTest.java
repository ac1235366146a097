package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands from their words to their exit code, against real peers. */
class CommandsTest {
  @TempDir Path directory;

  private final Terminal terminal = Terminal.plain();

  @Test
  void aProbeThatPassesIsDrawn() {
    try (Peer peer = HttpPeer.answering(HttpPeer.ok("hello"))) {
      assertEquals(0, terminal.runs("probe http_2xx http://" + peer.address() + "/"));
    }
    assertTrue(terminal.output().startsWith("PASSED  http_2xx  http://127.0.0.1:"));
    assertTrue(terminal.output().contains("\n  processing "), terminal.output());
    assertTrue(terminal.output().contains("\n  HTTP/1.1 200 OK, body 5 bytes\n"));
    assertEquals("", terminal.errors());
  }

  @Test
  void aProbeThatFailsSaysWhy() {
    try (DeadEnd deadEnd = DeadEnd.refusing()) {
      assertEquals(1, terminal.runs("probe tcp_connect " + deadEnd.address()));
    }
    assertTrue(terminal.output().contains("reason refused, phase"), terminal.output());
    assertTrue(terminal.output().contains("\n  check  is the service running"));
  }

  @Test
  void aSocketThatIsNoFileIsNotSoughtAtAPort() throws IOException {
    Path file = Files.writeString(directory.resolve("u.yml"), "modules: {u: {prober: unix}}");
    String missing = directory.resolve("nope.sock").toString();
    assertEquals(1, terminal.runs("probe --config.file=" + file + " u " + missing));
    assertTrue(terminal.output().contains("nope.sock: no such socket\n"), terminal.output());
    assertTrue(terminal.output().contains("nothing listens on this socket"), terminal.output());
    assertTrue(terminal.output().contains("\n  check  is the path right"), terminal.output());
  }

  @Test
  void aTargetThatCannotBeIsNotBlamedOnTheFile() {
    assertEquals(1, terminal.runs("probe tcp_connect 127.0.0.1"));
    String check = "\n  check  correct what the message names: the target, or the module, which";
    assertTrue(terminal.output().contains(check), terminal.output());
  }

  @Test
  void whatIsDrawnIsNotToldAgain() {
    try (TlsServer server = TlsServer.of(TestCa.root("R").issue("CN=a").ip("127.0.0.1").issue())) {
      assertEquals(0, terminal.runs("probe tls_expiry " + server.address()));
    }
    assertFalse(terminal.output().contains("Seen on the way"), terminal.output());
  }

  @Test
  void anExpiredCertificateIsShown() {
    TestIdentity expired =
        TestCa.root("Test Root").issue("CN=old").ip("127.0.0.1").expiredDaysAgo(3).issue();
    try (TlsServer server = TlsServer.of(expired)) {
      assertEquals(1, terminal.runs("probe http_2xx https://" + server.address()));
      assertTrue(terminal.output().contains("\n  0  CN=old\n"), terminal.output());
      assertTrue(terminal.output().contains(" UTC, 3 days ago\n"), terminal.output());
      assertEquals(0, terminal.runs("probe tls_expiry " + server.address()));
      assertTrue(terminal.output().contains(", certificate not verified\n"), terminal.output());
    }
  }

  @Test
  void aSeriesIsLinesAndASummary() {
    try (Peer peer = HttpPeer.answering(HttpPeer.ok("hello"))) {
      String target = "http://" + peer.address() + "/";
      assertEquals(
          0, terminal.runs("probe --repeat 3 --interval=1ms --json --debug http_2xx " + target));
    }
    String[] lines = terminal.output().split("\n", -1);
    assertEquals(5, lines.length, terminal.output());
    assertTrue(lines[2].contains("\"success\":true,"), lines[2]);
    assertTrue(lines[2].contains("\"trail\":[{"), lines[2]);
    assertTrue(lines[3].startsWith("{\"summary\":{"), lines[3]);
    assertTrue(lines[3].contains("\"count\":3,\"passed\":3,\"failed\":0"), lines[3]);
  }

  @Test
  void anEndlessSeriesEndsWhenTheUserWants() {
    try (Peer peer = Peer.listening().does(ignored -> terminal.interrupts())) {
      assertEquals(
          0, terminal.runs("probe --repeat=0 --interval=60s tcp_connect " + peer.address()));
    }
    assertTrue(terminal.output().contains(" passed, 0 failed\n"), terminal.output());
  }

  @Test
  void aProbeThatIsInterruptedShowsHowFarItCame() {
    try (Peer peer = interrupting().staysSilent()) {
      assertEquals(130, terminal.runs("probe http_2xx http://" + peer.address()));
    }
    assertTrue(terminal.output().startsWith("STOPPED  http_2xx  "), terminal.output());
    assertTrue(terminal.output().contains("\n  processing "), terminal.output());
  }

  @Test
  void metricsAreShownOnRequest() {
    try (Peer peer = Peer.listening()) {
      assertEquals(0, terminal.runs("probe --metrics tcp_connect " + peer.address()));
    }
    assertTrue(terminal.output().contains("\nMetrics\n# HELP probe_"), terminal.output());
    assertTrue(terminal.output().contains("\nprobe_success 1\n"), terminal.output());
  }

  @Test
  void aModuleOfAFileIsUsedWithItsTimeout() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("m.yml"), "modules: {mine: {prober: tcp, timeout: 2500ms}}");
    try (Peer peer = Peer.listening()) {
      String words = " --config.file=" + file + " mine " + peer.address();
      assertEquals(0, terminal.runs("probe" + words));
      assertTrue(terminal.output().contains(" (timeout 2.5s)\n"), terminal.output());
      assertEquals(0, terminal.runs("probe --timeout 3s" + words));
      assertTrue(terminal.output().contains(" (timeout 3s)\n"), terminal.output());
    }
  }

  @Test
  void aModuleThatCannotWorkSaysSo() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("m.yml"), "modules: {p: {prober: http, http: {method: NO TOKEN}}}");
    assertEquals(1, terminal.runs("probe --config.file=" + file + " p http://127.0.0.1"));
    assertTrue(terminal.output().contains("(reason config, phase"), terminal.output());
  }

  @Test
  void anUnknownModuleIsAUsageErrorThatNamesTheKnownOnes() {
    assertEquals(2, terminal.runs("probe htp_2xx http://127.0.0.1"));
    String expected =
        "sonde probe: error: unknown module \"htp_2xx\", did you mean http_2xx? Known (built-in"
            + " modules): http_2xx, http_post_2xx, http_basic_auth_401, tcp_connect, tls_expiry";
    assertTrue(terminal.errors().startsWith(expected), terminal.errors());
  }

  @Test
  void aBrokenConfigurationIsOneLineThatSaysWhereToLook() throws IOException {
    Path file = Files.writeString(directory.resolve("m.yml"), "modules: {a: {probr: x, b: 1}}");
    assertEquals(1, terminal.runs("probe --config.file=" + file + " a b"));
    assertEquals(1, terminal.errors().lines().count(), terminal.errors());
    assertTrue(terminal.errors().contains("the configuration has "), terminal.errors());
    assertTrue(terminal.errors().endsWith("; sonde check " + file + " shows all\n"));
    assertEquals(1, terminal.runs("probe --config.file=" + directory.resolve("nope") + " a b"));
    assertTrue(terminal.errors().contains("no such file or directory"), terminal.errors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "probe",
        "probe http_2xx",
        "probe http_2xx a b",
        "probe --nope http_2xx a",
        "probe --timeout=5 http_2xx a",
        "probe --timeout=-1s http_2xx a",
        "probe --interval=0 http_2xx a",
        "probe --interval=1s http_2xx a",
        "probe --repeat=x http_2xx a",
        "probe --repeat=-1 http_2xx a",
        "check",
        "check --nope a",
        "completion",
        "completion fish",
      })
  void usageErrorsAreOneLineAndExitWith2(String words) {
    assertEquals(2, terminal.runs(words));
    assertEquals("", terminal.output());
    assertEquals(1, terminal.errors().lines().count(), terminal.errors());
    assertTrue(terminal.errors().startsWith("sonde "), terminal.errors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"probe", "check", "completion"})
  void everyCommandHelps(String command) {
    assertEquals(0, terminal.runs(command + " --help"));
    assertTrue(terminal.output().startsWith("usage: sonde " + command), terminal.output());
    assertTrue(terminal.output().contains("\nExamples:\n"), terminal.output());
    assertFalse(terminal.output().contains("\u001b"), "no colours in a pipe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionKnowsCommandsAndFlags(String shell) {
    assertEquals(0, terminal.runs("completion " + shell));
    for (String word : new String[] {"probe", "check", "--web.listen-address", "--repeat"}) {
      assertTrue(terminal.output().contains(word), word);
    }
  }

  @Test
  void onlyCommandsAreTakenFromServing() {
    assertTrue(Commands.areAskedFor("probe", "--help"));
    assertFalse(Commands.areAskedFor());
    assertFalse(Commands.areAskedFor("--config.file=probe"));
  }

  private Peer interrupting() {
    return Peer.listening().readsUntil(HttpPeer.END_OF_HEAD).does(ignored -> terminal.interrupts());
  }
}
