package io.sonde.probe.http;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.Reason.PROTOCOL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.net.http.HeaderMemory;
import io.sonde.testkit.Http3Bytes;
import io.sonde.testkit.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers of HTTP/3 that send more header fields than anybody wants to keep. */
class Http3HeaderLimitTest extends Http3Claims {
  private static final byte STATUS_200 = (byte) 0xd9;
  private static final byte ACCEPT = (byte) 0xdd;

  private final HeaderMemory memory = new HeaderMemory(1 << 20);

  @AfterEach
  void everythingIsGivenBack() {
    assertEquals(0, memory.taken());
  }

  @Test
  void manyFieldsOfOneByteAreRefused() {
    byte[] section = new byte[9_000];
    Arrays.fill(section, ACCEPT);
    section[0] = 0;
    section[1] = 0;
    section[2] = STATUS_200;
    answered(Http3Bytes.frame(Http3Bytes.HEADERS, section), memory)
        .failedIn(PROCESSING, BODY_LIMIT);
    answered(
            Http3Bytes.frame(Http3Bytes.HEADERS, Arrays.copyOf(section, 9_000)),
            new HeaderMemory(Long.MAX_VALUE))
        .passed();
  }

  @Test
  void aSectionThatIsNeverCompleteIsRefused() {
    byte[] begin = Http3Bytes.section("x", "x".repeat(900_000));
    answered(Http3Bytes.frame(Http3Bytes.HEADERS, 5 << 20, begin), memory)
        .failedIn(PROCESSING, BODY_LIMIT)
        .saying("1048576 bytes of memory");
  }

  @Test
  void moreLinesThanAnybodySendsAreRefused() {
    byte[] section = new byte[12_000];
    Arrays.fill(section, ACCEPT);
    section[0] = 0;
    section[1] = 0;
    answered(Http3Bytes.frame(Http3Bytes.HEADERS, section), new HeaderMemory(Long.MAX_VALUE))
        .failedIn(PROCESSING, PROTOCOL)
        .saying("10000 header lines");
  }

  private Outcome answered(byte[] head, HeaderMemory headers) {
    String address = answering(exchange -> exchange.sends(head).ends()).address();
    return probing(http3(), "https://" + address + "/", headers).ends();
  }
}
