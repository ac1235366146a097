package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.http.HttpSpecs.http;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.net.http.BodyMemory;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.Probing;
import io.sonde.testkit.Running;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What bodies under check may take together. */
class HttpBodyMemoryTest extends HttpClaims {
  private static final int CAPACITY = 400_000;

  private final BodyMemory memory = new BodyMemory(CAPACITY);
  private final BodyMemory larger = new BodyMemory(4_000_000);

  @AfterEach
  void everythingIsGivenBack() {
    assertEquals(0, memory.taken() + larger.taken());
  }

  @Test
  void aBodyThatFitsIsChecked() {
    checking(searching(), answering(HttpPeer.ok("x".repeat(200_000)))).passes();
  }

  @Test
  void aBodyBeyondTheMemoryFailsAndSaysSo() {
    checking(searching(), answering(HttpPeer.ok("x".repeat(CAPACITY + 1))))
        .failsIn(CHECK, BODY_LIMIT)
        .saying("may take 400000 bytes of memory together");
  }

  @Test
  void aBodyThatOthersLeaveNoRoomForWaits() {
    BodyMemory.Share other = memory.impatientShare();
    assertTrue(other.take(CAPACITY - 1_000));
    Running waits = checking(searching(), answering(HttpPeer.ok("x".repeat(200_000)))).starts();
    assertTrue(rig.loop().awaitTrue(() -> memory.waiting() == 1));
    other.leave();
    waits.ends().passed();
  }

  @Test
  void aBodyThatWaitsUntilTheDeadlineSaysWhy() {
    BodyMemory.Share other = memory.impatientShare();
    assertTrue(other.take(CAPACITY - 1_000));
    checking(searching(), answering(HttpPeer.ok("x".repeat(2_000))))
        .within(Duration.ofMillis(300))
        .failsIn(CHECK, BODY_LIMIT)
        .saying("there is no room for this one");
    other.leave();
  }

  @Test
  void largeBodiesTakeTurns() {
    String body = "x".repeat(900_000);
    takingTurns(searching(), HttpPeer.ok(body).getBytes(US_ASCII)).forEach(Outcome::passed);
  }

  @Test
  void largeBodiesOfUnknownLengthTakeTurns() {
    String answer = "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(900_000);
    takingTurns(searching(), answer.getBytes(US_ASCII)).forEach(Outcome::passed);
  }

  @Test
  void compressedBodiesTakeTurns() {
    byte[] body = HttpPeer.gzipped("x".repeat(900_000).getBytes(US_ASCII));
    takingTurns(searching().compression("gzip"), HttpPeer.ok(body, "Content-Encoding: gzip"))
        .forEach(Outcome::passed);
  }

  @Test
  void bodiesThatAreNoTextTakeTurns() {
    byte[] body = "\u00ff".repeat(900_000).getBytes(ISO_8859_1);
    takingTurns(searching(), HttpPeer.ok(body)).forEach(Outcome::passed);
  }

  @Test
  void aBodyThatNobodyLooksAtTakesNothing() {
    checking(http(), answering(HttpPeer.ok("x".repeat(CAPACITY + 1)))).passes();
  }

  @Test
  void aBodyThatIsNoTextTakesNoMoreThanText() {
    byte[] body = "\u00ff".repeat(300_000).getBytes(ISO_8859_1);
    checking(http().failIfBodyNotMatches("\ufffd$"), answering(HttpPeer.ok(body))).passes();
  }

  /** Six at once, in memory that is enough for any one of them but not for all. */
  private List<Outcome> takingTurns(HttpSpecs specs, byte[] answer) {
    Peer peer = answering(answer);
    return Stream.generate(() -> checking(larger, specs, peer).starts()).limit(6).toList().stream()
        .map(Running::ends)
        .toList();
  }

  private static HttpSpecs searching() {
    return http().failIfBodyMatches("no such text");
  }

  private Probing checking(HttpSpecs specs, Peer peer) {
    return checking(memory, specs, peer);
  }

  private Probing checking(BodyMemory memory, HttpSpecs specs, Peer peer) {
    HttpProber prober = prober(network, specs.spec(), memory);
    return rig.probing(prober, ModuleConfig.of("test", Duration.ZERO, specs.spec()))
        .at("http://" + peer.address() + "/");
  }
}
