package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.BODY;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Trail.Level;
import io.sonde.probe.http.ContentDecoderTest.Format;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are compressed, or should be. */
class HttpCompressionTest extends HttpClaims {
  private static final int LARGE = 300_000;

  @ParameterizedTest
  @EnumSource(Format.class)
  void anEncodedBodyIsDecodedWhateverItSaysOfItself(Format format) {
    Peer peer = answering(HttpPeer.ok(format.encode(bytes("hello world"))));
    probing(compressed(format).failIfBodyNotMatches("^hello world$"), peer)
        .passes()
        .shows(11, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aTruncatedBodyFails(Format format) {
    byte[] encoded = format.encode(bytes("hello world"));
    Peer peer = answering(HttpPeer.ok(Arrays.copyOf(encoded, encoded.length - 1)));
    probing(compressed(format), peer).failsIn(CHECK, BODY);
    probing(compressed(format).failIfBodyMatches("never"), peer)
        .failsIn(CHECK, BODY)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"GZIP", "BROTLI"})
  void bytesBehindTheEndFail(Format format) {
    byte[] encoded = format.encode(bytes("hello world"));
    Peer peer = answering(HttpPeer.ok(Arrays.copyOf(encoded, encoded.length + 2)));
    probing(compressed(format), peer).failsIn(CHECK, BODY);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void anEmptyBodyIsNoEncodedBody(Format format) {
    probing(compressed(format), answering(HttpPeer.ok("")))
        .failsIn(CHECK, BODY)
        .shows(0, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "304 Not Modified"})
  void anAnswerThatCannotHaveABodyIsNotDecoded(String status) {
    Peer peer = answering("HTTP/1.1 " + status + "\r\nContent-Length: 7\r\n\r\n");
    HttpSpecs specs = http().compression("gzip").statusCodes(204, 304);
    probing(specs, peer)
        .passes()
        .shows(0, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(0, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void theAnswerToAHeadHasNoBodyWhateverItsLength() {
    Peer peer = answering("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
    probing(http().method("HEAD").compression("gzip"), peer)
        .passes()
        .shows(1234, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(0, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void aBodyThatIsNoGzipIsCountedAsItIs() {
    probing(http().compression("gzip").failIfBodyMatches("x"), answering(HttpPeer.ok("hello")))
        .failsIn(CHECK, BODY)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX)
        .shows(0, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
    probing(http().compression("gzip"), answering(HttpPeer.ok("x".repeat(LARGE))))
        .failsIn(CHECK, BODY)
        .shows(LARGE - BodyReader.USED_UP_BYTES, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "compress"})
  void anUnknownCompressionFailsAndLeavesTheBodyAsItIs(String word) {
    Outcome outcome =
        probing(http().compression(word).failIfBodyMatches("."), answering(HttpPeer.ok("hello")))
            .failsIn(CHECK, CONFIG)
            .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX)
            .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
    assertTrue(
        outcome.notes(Level.ERROR).contains("Failed to get decompressor for HTTP response body"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "IDENTITY"})
  void identityMeansNothing(String word) {
    probing(http().compression(word), answering(HttpPeer.ok("hello"))).passes();
  }

  @Test
  void theLimitCountsDecodedBytes() {
    byte[] encoded = Format.GZIP.encode(new byte[LARGE]);
    probing(http().compression("gzip").limit(LARGE), answering(HttpPeer.ok(encoded))).passes();
    probing(http().compression("gzip").limit(LARGE - 1), answering(HttpPeer.ok(encoded)))
        .failsIn(CHECK, BODY_LIMIT)
        .shows(LARGE - 1, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void whatUnpacksToMuchIsDecodedInSteps(Format format) {
    byte[] encoded = format.encode(new byte[40 << 20]);
    probing(compressed(format), answering(HttpPeer.ok(encoded)))
        .passes()
        .shows(40 << 20, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
    int steps = (40 << 20) / BodyReader.STEP_BYTES;
    assertTrue(rig.loop().timersSoFar() >= steps / 2, "each step waits for its turn");
  }

  /** While the beginning unpacks, and the peer is not read from any more, thousands come in. */
  @Test
  void manyTinyPiecesBehindMuchAreDecoded() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    GZIPOutputStream gzip = new GZIPOutputStream(packed, true);
    gzip.write(new byte[8 << 20]);
    gzip.flush();
    answer.writeBytes(chunk(packed.toByteArray()));
    int start = packed.size();
    gzip.close();
    byte[] end = packed.toByteArray();
    byte[] nothing = {0, 0, 0, (byte) 0xff, (byte) 0xff};
    for (int i = 0; i < 20_000; i++) {
      answer.writeBytes(chunk(nothing[i % nothing.length]));
    }
    answer.writeBytes(chunk(Arrays.copyOfRange(end, start, end.length)));
    answer.writeBytes(chunk());
    probing(compressed(Format.GZIP), answering(answer.toByteArray()))
        .passes()
        .shows(8 << 20, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  private static byte[] chunk(byte... data) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes(bytes(Integer.toHexString(data.length) + "\r\n"));
    chunk.writeBytes(data);
    chunk.writeBytes(bytes("\r\n"));
    return chunk.toByteArray();
  }

  @Test
  void theDeadlineEndsAnEndlessUnpacking() {
    byte[] block = Format.GZIP.encode(new byte[8 << 20]);
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .sends("HTTP/1.1 200 OK\r\n\r\n")
            .does(
                conversation -> {
                  while (true) {
                    conversation.write(block);
                  }
                });
    probing(http().compression("gzip"), peer)
        .within(Duration.ofMillis(150))
        .failsIn(TRANSFER, TIMEOUT);
  }

  private static HttpSpecs compressed(Format format) {
    return http()
        .compression(
            switch (format) {
              case GZIP -> "GZip";
              case ZLIB, RAW -> "deflate";
              case BROTLI -> "br";
            });
  }
}
