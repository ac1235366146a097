package io.sonde.probe.websocket;

import io.sonde.config.Regex;
import io.sonde.net.dialogue.Shown;
import io.sonde.net.tls.TlsFailures;
import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.nio.charset.StandardCharsets;

/**
 * What a dialogue of messages tells of itself: its trail, its facts, and why it failed. What is
 * sent may be a password and is told by its length only.
 */
final class DialogueNotes {
  private final ProbeRun run;

  DialogueNotes(ProbeRun run) {
    this.run = run;
  }

  void begins(Step step) {
    run.trail().debug("Processing query response entry", "entry_number", step.number());
  }

  void matched(Step step, Regex expect, byte[] message) {
    String text = Shown.text(message);
    run.trail().debug("Regexp matched", "regexp", expect, "message", text);
    run.learn(new Fact.Received(0, step.number(), text));
  }

  void sends(Step step, byte[] text) {
    run.trail().debug("Sending message", "bytes", text.length);
    run.learn(new Fact.Sent(0, step.number(), text.length));
  }

  /** Says what was missing when the time was over. */
  void brokeOff(Step step) {
    run.trail().error("No message came in time", "entry_number", step.number());
  }

  ProbeFailure noMatch(Regex expect, byte[] message) {
    run.trail().error("Regexp did not match", "regexp", expect, "message", Shown.text(message));
    return new ProbeFailure(
        Phase.CHECK,
        Reason.MISMATCH,
        "expected a message that matches " + expect + ", got " + Shown.of(message));
  }

  ProbeFailure unreadable(ProbeFailure failure) {
    run.trail().error("Error reading message", "err", failure.failure().message());
    return failure;
  }

  ProbeFailure closed(Incoming.Close close) {
    String code = close.code() == Incoming.Close.NO_CODE ? "no code" : "code " + close.code();
    String reason =
        close.reason().isEmpty()
            ? ""
            : ": " + Shown.of(close.reason().getBytes(StandardCharsets.UTF_8));
    return reading(
        Reason.CLOSED,
        "the peer closed the websocket with " + code + meaning(close.code()) + reason);
  }

  ProbeFailure ended() {
    return reading(Reason.CLOSED, "the peer closed the connection without a close frame");
  }

  ProbeFailure broken(Throwable cause) {
    ProbeFailure ofTls = TlsFailures.established(Phase.TRANSFER, cause);
    return ofTls == null
        ? reading(Reason.CLOSED, "the connection broke: " + cause.getMessage())
        : unreadable(ofTls);
  }

  ProbeFailure notSent(Throwable cause) {
    String problem = "the connection broke while sending: " + cause.getMessage();
    run.trail().error("Error sending message", "err", problem);
    return new ProbeFailure(Phase.TRANSFER, Reason.CLOSED, problem);
  }

  private ProbeFailure reading(Reason reason, String problem) {
    return unreadable(new ProbeFailure(Phase.TRANSFER, reason, problem));
  }

  /** What the codes of RFC 6455, section 7.4.1, and the registry behind it mean. */
  private static String meaning(int code) {
    return switch (code) {
      case 1000 -> " (normal closure)";
      case 1001 -> " (going away)";
      case 1002 -> " (protocol error)";
      case 1003 -> " (unsupported data)";
      case 1007 -> " (invalid payload)";
      case 1008 -> " (policy violation)";
      case 1009 -> " (message too big)";
      case 1010 -> " (extension required)";
      case 1011 -> " (internal error)";
      case 1012 -> " (service restart)";
      case 1013 -> " (try again later)";
      case 1014 -> " (bad gateway)";
      default -> "";
    };
  }
}
