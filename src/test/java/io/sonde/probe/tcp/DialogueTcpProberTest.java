package io.sonde.probe.tcp;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.MISMATCH;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.tcp.Steps.expect;
import static io.sonde.probe.tcp.Steps.expectBytes;
import static io.sonde.probe.tcp.Steps.labelled;
import static io.sonde.probe.tcp.Steps.send;
import static io.sonde.probe.tcp.Steps.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ProbeSpec;
import io.sonde.config.TcpSpec;
import io.sonde.probe.Fact;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a dialogue over TCP says, and what it makes of answers. */
class DialogueTcpProberTest extends ProberContract {
  private static final TcpSpec GREETING = tcp(expect("^220 "), send("QUIT\r"));

  @Override
  protected ProbeSpec spec() {
    return tcp(send("HELP\r"), expect("^220 (.*)", "EHLO ${1}\r"), expect("^250 "), send("QUIT\r"));
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return TcpProberTest.prober(network, spec);
  }

  @Override
  protected void isGood(Peer peer) {
    asked(peer).sends("220 there\r\n").readsUntil("EHLO there\r\n").sends("250 hello\r\n");
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(PROCESSING, DialogueTcpProberTest::asked),
        Stage.in(PROCESSING, peer -> asked(peer).sends("220 th")),
        Stage.in(
            PROCESSING, peer -> asked(peer).sends("220 there\r\n").readsUntil("EHLO there\r\n")));
  }

  @Test
  void aDialoguePasses() {
    Peer peer = goodPeer();
    probing(peer)
        .passes()
        .inPhases(RESOLVE, CONNECT, PROCESSING)
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failed_due_to_bytes 0
            probe_failed_due_to_regex 0
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_success 1
            probe_timeout_seconds 25
            """);
    peer.connection(0).awaitEnd();
    assertEquals("HELP\r\nEHLO there\r\nQUIT\r\n", peer.received());
  }

  @Test
  void linesThatDoNotMatchArePassedOver() {
    Peer peer = says("250-SIZE\r\n250-STARTTLS\r\n250 HELP\r\n");
    probing(tcp(expect("^250-STARTTLS$"), expect("^250 ")), peer.address()).passes();
  }

  @Test
  void aLineThatWasPassedOverIsNotSearchedAgain() {
    Peer peer = says("one\ntwo\n");
    probing(tcp(expect("two"), expect("one")), peer.address())
        .failsIn(PROCESSING, CLOSED)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @Test
  void noLineThatMatchesBeforeTheEndIsAMismatch() {
    Peer peer = says("554 go away\r\nreally\r\n");
    Outcome outcome =
        probing(GREETING, peer.address())
            .failsIn(CHECK, MISMATCH)
            .saying("\"really\"")
            .shows(1, Metric.PROBE_FAILED_DUE_TO_REGEX)
            .shows(0, Metric.PROBE_FAILED_DUE_TO_BYTES);
    assertTrue(outcome.notes(Level.ERROR).contains("Regexp did not match"));
  }

  @Test
  void theLastPieceNeedsNoLineFeed() {
    probing(tcp(expect("^220 ready$")), says("220 ready").address()).passes();
    probing(tcp(expect("^220 ready$")), says("220 ready\r").address()).passes();
    probing(tcp(expect("^$")), says("220 ready\n").address()).failsIn(CHECK, MISMATCH);
  }

  @Test
  void anUnfinishedLineDoesNotMatchAtTheDeadline() {
    Peer peer = rig.closing(Peer.listening().sends("554 no\n220 ready"));
    Outcome outcome =
        probing(GREETING, peer.address())
            .within(SOON)
            .failsIn(PROCESSING, TIMEOUT)
            .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
    assertTrue(outcome.notes(Level.ERROR).contains("No line matched yet"));
  }

  @Test
  void anUnfinishedLineDoesNotMatchAfterAReset() {
    Peer peer = rig.closing(Peer.listening().sends("220 ready").waitsForCue().resets());
    var running = probing(GREETING, peer.address()).starts();
    peer.awaitCuePoint();
    peer.cue();
    running.ends().failedIn(PROCESSING, CLOSED).shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @Test
  void aLineMayComeByteByByte() {
    String banner = "220 drip\r\n";
    Peer peer = rig.closing(Peer.listening().dripsOnCue(banner));
    var running = probing(tcp(expect("^220 drip$")), peer.address()).starts();
    for (int i = 0; i < banner.length(); i++) {
      peer.awaitCuePoint();
      peer.cue();
    }
    running.ends().passed();
  }

  @Test
  void whatComesBeforeItIsAskedForIsKept() {
    Peer peer = says("220 ready\r\n+PONG\r\nSbytes\r\nlast\r\n");
    probing(
            tcp(
                expect("^220"),
                send("PING"),
                expect("PONG"),
                expectBytes("Sby"),
                expect("^tes$"),
                expect("last")),
            peer.address())
        .passes();
  }

  @Test
  void bytesMayComeInPieces() {
    Peer peer = rig.closing(Peer.listening().dripsOnCue("SPLIT"));
    var running = probing(tcp(expectBytes("SPLIT")), peer.address()).starts();
    for (int i = 0; i < 5; i++) {
      peer.awaitCuePoint();
      peer.cue();
    }
    running.ends().passed();
  }

  @Test
  void otherBytesAreAMismatch() {
    probing(tcp(expectBytes("S")), says("N").address())
        .failsIn(CHECK, MISMATCH)
        .saying("expected \"S\", got \"N\"")
        .shows(1, Metric.PROBE_FAILED_DUE_TO_BYTES)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @Test
  void tooFewBytesAreNoMismatch() {
    probing(tcp(expectBytes("four")), says("fou").address())
        .failsIn(PROCESSING, CLOSED)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_BYTES);
    Peer silent = rig.closing(Peer.listening().sends("fou"));
    probing(tcp(expectBytes("four")), silent.address())
        .within(SOON)
        .failsIn(PROCESSING, TIMEOUT)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_BYTES);
  }

  @Test
  void aPeerThatIsDoneSpeakingIsStillSpokenTo() {
    Peer peer = rig.closing(Peer.listening().sends("220 bye\n").closes());
    probing(tcp(expect("^220"), send("one"), send("two")), peer.address()).passes();
  }

  @Test
  void whatIsSentMayReferToTheMatchAndMayTurnOutEmpty() {
    Peer peer = rig.closing(Peer.listening().sends("PING :x7\nlast\n"));
    probing(
            tcp(expect("PING :([^ ]+)", "PONG ${1} $$ $nobody"), expect("last", "$1")),
            peer.address())
        .passes();
    peer.connection(0).awaitEnd();
    assertEquals("PONG x7 $ \n", peer.received());
  }

  @Test
  void withoutExpectationADollarIsADollar() {
    Peer peer = rig.closing(Peer.listening());
    probing(tcp(send("a $1 $$ ${x}")), peer.address()).passes();
    peer.connection(0).awaitEnd();
    assertEquals("a $1 $$ ${x}\n", peer.received());
  }

  @Test
  void aMatchIsToldByLabels() {
    Peer peer = says("SSH-2.0-OpenSSH_9.2 Debian\r\n");
    probing(
            tcp(
                labelled(
                    "^SSH-2.0-([^ -]+)(?: (.*))?$", "ssh_version=${1}", "ssh_comments=$2", "a=$3")),
            peer.address())
        .passes()
        .shows(1, Metric.PROBE_EXPECT_INFO, "", "Debian", "OpenSSH_9.2");
  }

  @Test
  void noLabelsMakeASeriesWithoutLabels() {
    probing(tcp(labelled("x")), says("x\n").address()).passes().shows(1, Metric.PROBE_EXPECT_INFO);
    probing(tcp(expect("x")), says("x\n").address()).passes().hasNo(Metric.PROBE_EXPECT_INFO);
  }

  @Test
  void theTrailTellsTheStepsButNotWhatWasSent() {
    Peer peer = says("220 ready\r\n");
    Outcome outcome = probing(tcp(expect("^220"), send("PASS hunter2")), peer.address()).passes();
    assertEquals(
        List.of(
            "Beginning probe",
            "Resolving target address",
            "Resolved target address",
            "Dialing TCP without TLS",
            "Successfully dialed",
            "Processing query response entry",
            "Read line",
            "Regexp matched",
            "Processing query response entry",
            "Sending line",
            "Probe succeeded"),
        outcome.notes(Level.DEBUG));
    assertFalse(outcome.result().trail().toString().contains("hunter2"));
    List<Fact> facts = outcome.result().facts();
    assertEquals(
        List.of(new Fact.Received(0, 1, "220 ready"), new Fact.Sent(0, 2, 12)),
        facts.subList(1, facts.size()));
  }

  private static Peer asked(Peer peer) {
    return peer.readsUntil("HELP\r\n");
  }

  private Peer says(String text) {
    return rig.closing(Peer.listening().sends(text).closes());
  }
}
