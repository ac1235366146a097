package io.sonde.probe.http;

import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.net.http.HeaderMemory;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.Probing;
import io.sonde.testkit.Running;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send more header lines than anybody wants to keep. */
class HttpHeaderLimitTest extends HttpClaims {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n";
  private static final String EARLY = "HTTP/1.1 103 Early Hints\r\n";

  /** What a process with a heap of 48 MiB has for headers. */
  private final HeaderMemory memory = new HeaderMemory(6 << 20);

  @AfterEach
  void everythingIsGivenBack() {
    assertEquals(0, memory.taken());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 256})
  void aMebibyteInAFewLinesPasses(int lines) {
    String line = "X-Long: " + "x".repeat((1 << 20) / lines) + "\r\n";
    probing(answering(OK + line.repeat(lines) + "Content-Length: 0\r\n\r\n")).passes();
  }

  @ParameterizedTest
  @ValueSource(strings = {OK, CHUNKED, EARLY})
  void manyShortLinesAreRefused(String before) {
    refused(before + "a:x\r\n".repeat(300_000)).failedIn(TRANSFER, PROTOCOL).saying("10000");
  }

  @ParameterizedTest
  @ValueSource(strings = {OK, CHUNKED, EARLY})
  void moreThanThereIsMemoryForIsRefused(String before) {
    String line = "X-Long: " + "x".repeat(10_000) + "\r\n";
    refused(before + line.repeat(1_000)).failedIn(TRANSFER, BODY_LIMIT).saying("6291456 bytes");
  }

  @Test
  void informationalAnswersAreChargedTogether() {
    String answer = EARLY + ("X: " + "x".repeat(40_000) + "\r\n").repeat(10) + "\r\n";
    refused(answer.repeat(10)).failedIn(TRANSFER, BODY_LIMIT);
  }

  @Test
  void aLineWithoutEndIsRefused() {
    refused(OK + "X: " + "x".repeat(6 << 20)).failedIn(TRANSFER, BODY_LIMIT);
    refused(CHUNKED + "X: " + "x".repeat(1 << 20)).failedIn(TRANSFER, PROTOCOL).saying("65536");
  }

  @ParameterizedTest
  @ValueSource(strings = {OK, CHUNKED})
  void linesFoldedWithoutEndAreRefused(String before) {
    refused(before + "X: x\r\n" + " y\r\n".repeat(300_000))
        .failedIn(TRANSFER, PROTOCOL)
        .saying("folded");
  }

  @Test
  void manyAtOnceFailAndOthersPass() {
    String line = "X-Long: " + "x".repeat(1_000) + "\r\n";
    List<Running> bad = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      bad.add(probing(endless(OK, line)).starts());
    }
    probing(goodPeer()).passes();
    for (Running running : bad) {
      running.ends().failedIn(TRANSFER, BODY_LIMIT);
    }
  }

  private Outcome refused(String answer) {
    Peer peer = rig.closing(Peer.listening()).readsUntil(END_OF_HEAD).sends(answer).staysSilent();
    return probing(peer).ends();
  }

  private Peer endless(String before, String line) {
    byte[] lines = line.repeat(100).getBytes(StandardCharsets.US_ASCII);
    return rig.closing(Peer.listening())
        .readsUntil(END_OF_HEAD)
        .sends(before)
        .does(
            conversation -> {
              for (int i = 0; i < 200; i++) {
                conversation.write(lines);
              }
            });
  }

  private Probing probing(Peer peer) {
    return probing(http(), "http://" + peer.address() + "/", memory);
  }
}
