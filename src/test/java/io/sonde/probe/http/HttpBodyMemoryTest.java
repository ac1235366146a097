package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.http.HttpSpecs.http;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.net.http.BodyMemory;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.Probing;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What bodies under check may take together. */
class HttpBodyMemoryTest extends HttpClaims {
  private static final int CAPACITY = 400_000;

  private final BodyMemory memory = new BodyMemory(CAPACITY);

  @AfterEach
  void everythingIsGivenBack() {
    assertEquals(0, memory.taken());
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
  void aBodyThatOthersLeaveNoRoomForFails() {
    BodyMemory.Share other = memory.share();
    assertTrue(other.take(CAPACITY - 1_000));
    checking(searching(), answering(HttpPeer.ok("x".repeat(2_000)))).failsIn(CHECK, BODY_LIMIT);
    other.leave();
    checking(searching(), answering(HttpPeer.ok("x".repeat(2_000)))).passes();
  }

  @Test
  void aBodyThatNobodyLooksAtTakesNothing() {
    checking(http(), answering(HttpPeer.ok("x".repeat(CAPACITY + 1)))).passes();
  }

  @Test
  void aBodyThatIsNoTextMustFitTwice() {
    byte[] body = "\u00ff".repeat(150_000).getBytes(ISO_8859_1);
    checking(searching(), answering(HttpPeer.ok(body))).failsIn(CHECK, BODY_LIMIT);
    byte[] small = "\u00ff".repeat(50_000).getBytes(ISO_8859_1);
    checking(http().failIfBodyNotMatches("\ufffd$"), answering(HttpPeer.ok(small))).passes();
  }

  @Test
  void aShareIsKeptUntilItsLastUserHasLeft() {
    BodyMemory.Share share = memory.share();
    assertTrue(share.take(10));
    assertTrue(share.enter());
    share.leave();
    assertEquals(10, memory.taken());
    share.leave();
    assertEquals(0, memory.taken());
    assertFalse(share.enter());
  }

  private static HttpSpecs searching() {
    return http().failIfBodyMatches("no such text");
  }

  private Probing checking(HttpSpecs specs, Peer peer) {
    HttpProber prober = prober(network, specs.spec(), memory);
    return rig.probing(prober, ModuleConfig.of("test", Duration.ZERO, specs.spec()))
        .at("http://" + peer.address() + "/");
  }
}
