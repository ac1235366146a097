package io.sonde.probe.http;

import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.testkit.Http2Peer.CONTINUATION;
import static io.sonde.testkit.Http2Peer.END_HEADERS;
import static io.sonde.testkit.Http2Peer.END_STREAM;
import static io.sonde.testkit.Http2Peer.HEADERS;
import static io.sonde.testkit.Http2Peer.block;
import static io.sonde.testkit.Http2Peer.data;
import static io.sonde.testkit.Http2Peer.frame;
import static io.sonde.testkit.Http2Peer.headers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.net.http.HeaderMemory;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers of HTTP/2 that send more header fields than anybody wants to keep. */
class Http2HeaderLimitTest extends Http2Claims {
  private static final int PIECE_BYTES = 16_000;
  private static final int ENTRY_BYTES = 3_000;

  /** A field that HPACK's dynamic table keeps, and how to repeat it with one byte. */
  private static final int WITH_INDEXING = 0x40;

  private static final byte REPEATED = (byte) 0xbe;

  private final HeaderMemory memory = new HeaderMemory(1 << 20);

  @AfterEach
  void everythingIsGivenBack() {
    assertEquals(0, memory.taken());
  }

  @Test
  void aBlockWithoutEndIsRefused() {
    answered(pieces(block(":status", "200"), 100, (byte) 0)).failedIn(TRANSFER, BODY_LIMIT);
  }

  @Test
  void soAreTrailers() {
    byte[] trailers = pieces(block("a", "b"), 100, (byte) 0);
    answered(headers(0, ":status", "200"), data(0, "hello"), trailers)
        .failedIn(TRANSFER, BODY_LIMIT);
  }

  @Test
  void fieldsThatUnpackToMuchAreRefused() {
    byte[] field = block("x", "y".repeat(ENTRY_BYTES));
    field[0] = WITH_INDEXING;
    byte[] first = Http2Peer.all(block(":status", "200"), field);
    answered(pieces(first, 1, REPEATED)).failedIn(TRANSFER, BODY_LIMIT);
  }

  @Test
  void manyShortFieldsAreRefused() {
    byte[] field = block("x", "");
    field[0] = WITH_INDEXING;
    byte[] first = Http2Peer.all(block(":status", "200"), field);
    HeaderMemory enough = new HeaderMemory(Long.MAX_VALUE);
    probingTls(sending(pieces(first, 1, REPEATED)), enough)
        .failsIn(TRANSFER, PROTOCOL)
        .saying("10000 header lines");
  }

  @Test
  void someLongFieldsPass() {
    byte[][] frames = new byte[18][];
    frames[0] = frame(HEADERS, END_STREAM, 1, block(":status", "200"));
    for (int i = 1; i < frames.length; i++) {
      byte[] field = block("x-long", "x".repeat(PIECE_BYTES));
      frames[i] = frame(CONTINUATION, i == frames.length - 1 ? END_HEADERS : 0, 1, field);
    }
    probingTls(sending(frames), new HeaderMemory(6 << 20)).passes();
  }

  private Outcome answered(byte[]... frames) {
    return probingTls(sending(frames), memory).ends();
  }

  /** A block: its beginning, and pieces that hold one byte again and again. */
  private static byte[] pieces(byte[] begin, int count, byte content) {
    byte[] piece = new byte[PIECE_BYTES];
    Arrays.fill(piece, content);
    byte[][] frames = new byte[count + 1][];
    frames[0] = frame(HEADERS, 0, 1, begin);
    for (int i = 1; i <= count; i++) {
      frames[i] = frame(CONTINUATION, i == count ? END_HEADERS : 0, 1, piece);
    }
    return Http2Peer.all(frames);
  }
}
