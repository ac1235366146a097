package io.sonde.probe.tcp;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.MISMATCH;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.tcp.Steps.expect;
import static io.sonde.probe.tcp.Steps.expectBytes;
import static io.sonde.probe.tcp.Steps.labelled;
import static io.sonde.probe.tcp.Steps.send;
import static io.sonde.probe.tcp.Steps.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Bytes;
import io.sonde.config.ModuleConfig;
import io.sonde.config.QueryResponse;
import io.sonde.config.TcpSpec;
import io.sonde.probe.Metric;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeClaims;
import io.sonde.testkit.Probing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialogues at their limits: long lines, floods, bytes that are no text, labels that cannot be. */
class DialogueLimitsTest extends ProbeClaims {
  private static final int LONGEST = 65_535;
  private static final Duration A_WHILE = Duration.ofMillis(400);

  @Test
  void theLongestLineIsSearched() {
    String line = "x".repeat(LONGEST - 3) + "end";
    probing(tcp(expect("end$")), says(line + "\n")).passes();
    probing(tcp(expect("end$")), says(line)).passes();
    probing(tcp(expect("x{1000}e(.)d$", "$1"), expect("^next$")), says(line + "\nnext\n")).passes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\nend\n"})
  void aLineThatIsTooLongEndsTheProbe(String after) {
    probing(tcp(expect("end$")), says("x".repeat(LONGEST - 2) + "end" + after))
        .failsIn(PROCESSING, PROTOCOL)
        .saying("65535")
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @Test
  void aLongLineIsNotSearchedForBytes() {
    String long70k = "x".repeat(70_000);
    probing(tcp(expectBytes(long70k), expect("^after$")), says(long70k + "after\n")).passes();
    String long300k = "y".repeat(300_000);
    probing(tcp(expectBytes(long300k)), says(long300k)).passes();
  }

  @Test
  void linesThatNeverEndCostTimeOnly() {
    byte[] lines = "no such line, no such line\n".repeat(2_000).getBytes(StandardCharsets.UTF_8);
    Peer peer =
        rig.closing(Peer.listening().does(conversation -> flood(conversation::write, lines)));
    probing(tcp(expect("^220")), peer)
        .within(A_WHILE)
        .failsIn(PROCESSING, TIMEOUT)
        .lastedAtLeast(A_WHILE)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @Test
  void longLinesThatNeverEndCostTimeOnly() {
    byte[] lines = ("x".repeat(60_000) + "\n").getBytes(StandardCharsets.UTF_8);
    Peer peer =
        rig.closing(Peer.listening().does(conversation -> flood(conversation::write, lines)));
    probing(tcp(expect("(x+x+)+y")), peer).within(A_WHILE).failsIn(PROCESSING, TIMEOUT);
  }

  @Test
  void aFloodThatNobodyAskedForIsNotRead() {
    byte[] lines = "220 again\n".repeat(6_000).getBytes(StandardCharsets.UTF_8);
    Peer peer =
        rig.closing(Peer.listening().does(conversation -> flood(conversation::write, lines)));
    // The peer does not read, so this cannot be sent to its end.
    String much = "x".repeat(24 << 20);
    probing(tcp(expect("^220", much)), peer).within(A_WHILE).failsIn(PROCESSING, TIMEOUT);
  }

  @Test
  void manyLinesBeforeTheRightOneAreFine() {
    probing(tcp(expect("^376 ")), says("372 message of the day\r\n".repeat(20_000) + "376 end\r\n"))
        .passes();
  }

  @Test
  void aTrailOfAFloodIsBounded() {
    Outcome outcome =
        probing(tcp(expect("^376 ")), says("372 x\r\n".repeat(5_000))).failsIn(CHECK, MISMATCH);
    assertTrue(outcome.result().trail().size() < 60, () -> "" + outcome.result().trail().size());
  }

  @Test
  void manyStepsAreFine() {
    QueryResponse[] steps = new QueryResponse[3_000];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i % 2 == 0 ? expect("^line$") : send("x");
    }
    probing(tcp(steps), says("line\n".repeat(1_500))).passes();
  }

  @Test
  void bytesNeedNotBeText() {
    byte[] request = {0, 0, 0, 8, 4, (byte) 0xd2, 22, 47};
    QueryResponse ask = new QueryResponse(null, Bytes.EMPTY, null, Bytes.of(request), false);
    QueryResponse answer =
        new QueryResponse(
            null, Bytes.of(new byte[] {(byte) 0xff, 0, '\n'}), null, Bytes.EMPTY, false);
    Peer peer = rig.closing(Peer.listening().reads(9).sends(new byte[] {(byte) 0xff, 0, '\n'}));
    probing(tcp(ask, answer), peer).passes();
    assertEquals(new String(request, StandardCharsets.ISO_8859_1) + "\n", peer.received());
  }

  @Test
  void aLineNeedNotBeText() {
    Peer peer = rig.closing(Peer.listening().sends(new byte[] {'a', (byte) 0xfe, 'b', 'c', '\n'}));
    probing(tcp(expect("^a(.)b(c)", "$1$2")), peer).passes();
    peer.connection(0).awaitEnd();
    assertEquals("\u00fec\n", peer.received());
  }

  @Test
  void aLabelMustBeText() {
    Peer peer = rig.closing(Peer.listening().sends(new byte[] {'a', (byte) 0xfe, '\n'}));
    probing(tcp(labelled("^a(.)", "x=$1")), peer)
        .failsIn(CHECK, PROTOCOL)
        .saying("\"\\xfe\"")
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX)
        .hasNo(Metric.PROBE_EXPECT_INFO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=v", "__name__=v", "__x=v", "a=v,b=v,a=v"})
  void labelsThatCannotBeFailTheProbeBeforeItBegins(String labels) {
    Peer peer = says("x\n");
    probing(tcp(labelled("x", labels.split(","))), peer).failsIn(SETUP, CONFIG).inPhases();
    assertEquals(0, peer.connections());
  }

  @Test
  void entriesWithTheSameLabelNamesMerge() {
    TcpSpec spec =
        tcp(
            labelled("^(.)a", "x=$1", "y=1"),
            labelled("^(.)b", "y=2", "x=$1"),
            labelled("^1b?", "x=1", "y=1"));
    probing(spec, says("1a\n2b\n1\n"))
        .passes()
        .shows(1, Metric.PROBE_EXPECT_INFO, "1", "1")
        .shows(1, Metric.PROBE_EXPECT_INFO, "2", "2");
  }

  @Test
  void entriesWithOtherLabelNamesDoNot() {
    probing(tcp(labelled("a", "x=1"), labelled("b", "y=1")), says("a\nb\n"))
        .failsIn(SETUP, CONFIG)
        .saying("[x] and [y]");
  }

  private interface Writer {
    void write(byte[] bytes) throws java.io.IOException;
  }

  /** Says the same for ever; ends when the other side does. */
  private static void flood(Writer writer, byte[] bytes) throws java.io.IOException {
    while (!Thread.currentThread().isInterrupted()) {
      writer.write(bytes);
    }
  }

  private Peer says(String text) {
    return rig.closing(Peer.listening().sends(text).closes());
  }

  private Probing probing(TcpSpec spec, Peer peer) {
    return rig.probing(
            TcpProberTest.prober(network, spec), ModuleConfig.of("test", Duration.ZERO, spec))
        .at(peer.address());
  }
}
