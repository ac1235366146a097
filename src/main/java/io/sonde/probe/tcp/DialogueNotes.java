package io.sonde.probe.tcp;

import io.sonde.config.Regex;
import io.sonde.net.dialogue.Lines;
import io.sonde.net.dialogue.Shown;
import io.sonde.net.tls.TlsFailures;
import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a dialogue tells of itself: its trail, its facts, and why it failed. Bounded, however much a
 * peer says; what is sent may be a password and is told by its length only.
 */
final class DialogueNotes {
  private static final int MOST_LINES = 20;

  private final ProbeRun run;
  private int lines;
  private int linesOfStep;
  private byte @Nullable [] lastLine;

  DialogueNotes(ProbeRun run) {
    this.run = run;
  }

  void begins(Step step) {
    run.trail().debug("Processing query response entry", "entry_number", step.number());
    linesOfStep = 0;
    lastLine = null;
  }

  void read(byte[] line) {
    lines++;
    linesOfStep++;
    lastLine = line;
    if (lines <= MOST_LINES) {
      run.trail().debug("Read line", "line", Shown.text(line));
    }
  }

  void matched(Step step, Regex expect, byte[] line) {
    run.trail().debug("Regexp matched", "regexp", expect, "line", Shown.text(line));
    run.learn(new Fact.Received(0, step.number(), Shown.text(line)));
  }

  void matched(Step step, byte[] bytes) {
    run.trail().debug("Bytes matched", "bytes", bytes.length);
    run.learn(new Fact.Received(0, step.number(), Shown.of(bytes)));
  }

  void sends(Step step, byte[] text) {
    run.trail().debug("Sending line", "bytes", text.length);
    run.learn(new Fact.Sent(0, step.number(), text.length));
  }

  void dropped(int bytes) {
    if (bytes > 0) {
      run.trail().warn("Dropped what came in plain text before the TLS handshake", "bytes", bytes);
    }
  }

  /** Says how far it got when the time is over. */
  void brokeOff(@Nullable Regex expect, int bytesLeft) {
    if (expect == null) {
      run.trail().error("Too few bytes came", "bytes", bytesLeft);
    } else {
      run.trail()
          .error(
              "No line matched yet",
              "regexp",
              expect,
              "lines",
              linesOfStep,
              "last_line",
              lastText(),
              "unfinished_bytes",
              bytesLeft);
    }
  }

  /** The peer is done, and no line was it. */
  ProbeFailure noMatch(Regex expect) {
    run.trail().error("Regexp did not match", "regexp", expect, "line", lastText());
    byte[] last = lastLine;
    return last == null
        ? new ProbeFailure(
            Phase.PROCESSING,
            Reason.CLOSED,
            "the peer closed the connection without a line to match " + expect)
        : new ProbeFailure(
            Phase.CHECK,
            Reason.MISMATCH,
            "expected a line that matches "
                + expect
                + ", got "
                + linesOfStep
                + " before the peer closed the connection, the last "
                + Shown.of(last));
  }

  ProbeFailure otherBytes(byte[] expected, byte[] got) {
    run.trail().error("Expected bytes did not come", "bytes", expected.length);
    return new ProbeFailure(
        Phase.CHECK, Reason.MISMATCH, "expected " + Shown.of(expected) + ", got " + Shown.of(got));
  }

  ProbeFailure tooFew(int expected, int got) {
    return reading(
        Reason.CLOSED,
        "expected " + expected + " bytes, got " + got + " before the peer closed the connection");
  }

  ProbeFailure tooLong() {
    return reading(Reason.PROTOCOL, "expected lines of at most " + Lines.MAX_LINE_BYTES + " bytes");
  }

  ProbeFailure broken(Throwable cause) {
    ProbeFailure ofTls = TlsFailures.established(Phase.PROCESSING, cause);
    return ofTls == null
        ? reading(Reason.CLOSED, "the connection broke: " + cause.getMessage())
        : reading(ofTls.failure().reason(), ofTls.failure().message());
  }

  ProbeFailure notSent(Throwable cause) {
    String problem = "the connection broke while sending: " + cause.getMessage();
    run.trail().error("Failed to send", "err", problem);
    return new ProbeFailure(Phase.PROCESSING, Reason.CLOSED, problem);
  }

  private ProbeFailure reading(Reason reason, String problem) {
    run.trail().error("Error reading from connection", "err", problem);
    return new ProbeFailure(Phase.PROCESSING, reason, problem);
  }

  private String lastText() {
    return lastLine == null ? "" : Shown.text(lastLine);
  }
}
