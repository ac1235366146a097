package io.sonde.probe.http;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.TIMEOUT;

import io.sonde.probe.Phase;
import io.sonde.testkit.Http3Bytes;
import io.sonde.testkit.Http3Exchange;
import io.sonde.testkit.Http3Peer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.UdpPeer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Servers of HTTP/3 that do what they must not. */
class Http3BadPeerTest extends Http3Claims {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final int H3_INTERNAL_ERROR = 0x102;
  private static final int SETTINGS = 4;
  private static final int PUSH_PROMISE = 5;
  private static final int OF_HTTP2 = 6;
  private static final int UNKNOWN = 0x21;

  @Test
  void garbageIsIgnored() {
    byte[] garbage = new byte[1_200];
    UdpPeer peer = rig.closing(UdpPeer.answering(packet -> List.of(garbage, new byte[1])));
    probingAt(http3(), peer.address()).within(SOON).failsIn(TLS, TIMEOUT);
  }

  @Test
  void aServerOfAnotherVersionIsSaidAtOnce() {
    UdpPeer peer = rig.closing(UdpPeer.answering(Http3BadPeerTest::negotiation));
    probingAt(http3(), peer.address()).failsIn(TLS, PROTOCOL).saying("version");
  }

  /** A Version Negotiation packet (RFC 8999, section 6) that offers what nobody knows. */
  private static List<byte[]> negotiation(byte[] initial) {
    int destination = initial[5];
    int source = initial[6 + destination];
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xc0, 0, 0, 0, 0});
    out.write(source);
    out.write(initial, 7 + destination, source);
    out.write(destination);
    out.write(initial, 6, destination);
    out.writeBytes(new byte[] {0x5a, 0x5a, 0x5a, 0x5a});
    return List.of(out.toByteArray());
  }

  @Test
  void aServerThatWantsTheAddressProvenFirstPasses() {
    probing(starting(Http3Peer.with(SERVER).retrying())).passes();
  }

  @Test
  void aCloseBeforeTheAnswerIsSaidWithItsReason() {
    answered(exchange -> exchange.closesConnection(true, H3_INTERNAL_ERROR, "out of order\n"))
        .failedIn(PROCESSING, CLOSED)
        .saying("H3_INTERNAL_ERROR: out of order");
    answered(exchange -> exchange.closesConnection(false, 1, ""))
        .failedIn(PROCESSING, CLOSED)
        .saying("(INTERNAL_ERROR) before it answered");
  }

  @Test
  void aCloseInTheMiddleOfTheBodyIsSaid() {
    answered(exchange -> exchange.head(200).data("hel").closesConnection(true, 0x100, ""))
        .failedIn(TRANSFER, CLOSED);
  }

  @Test
  void aResetIsSaidWithItsCode() {
    answered(exchange -> exchange.resets(H3_INTERNAL_ERROR))
        .failedIn(PROCESSING, CLOSED)
        .saying("reset the stream (H3_INTERNAL_ERROR) before it answered");
    answered(exchange -> exchange.head(200).data("hel").later(() -> exchange.resets(0x777)))
        .failedIn(TRANSFER, CLOSED)
        .saying("error 0x777");
  }

  @Test
  void anEndWithoutAnAnswerIsSaid() {
    answered(Http3Exchange::ends).failedIn(PROCESSING, CLOSED);
  }

  @Test
  void aServerThatGoesAwayWithoutTheRequestIsSaid() {
    answered(exchange -> exchange.goesAway(0)).failedIn(PROCESSING, CLOSED).saying("GOAWAY");
  }

  @Test
  void aServerThatGoesAwayAfterTheRequestPasses() {
    answered(exchange -> exchange.goesAway(4).answers(200, "hello")).passed();
  }

  @Test
  void aServerThatAllowsNoRequestIsSaid() {
    probing(starting(Http3Peer.with(SERVER).allowingNoStream()))
        .failsIn(PROCESSING, PROTOCOL)
        .saying("allows no request");
  }

  @Test
  void framesThatHaveNoBusinessThereAreRefused() {
    malformed(PROCESSING, exchange -> exchange.data("hello"));
    malformed(PROCESSING, frame(SETTINGS));
    malformed(PROCESSING, frame(OF_HTTP2));
    malformed(PROCESSING, exchange -> exchange.sends(push()));
    malformed(TRANSFER, exchange -> exchange.head(200).head(200).head(200));
  }

  @Test
  void framesOfUnknownTypesAreSkipped() {
    answered(
            exchange ->
                exchange
                    .sends(Http3Bytes.frame(UNKNOWN, new byte[9]))
                    .head(200)
                    .sends(Http3Bytes.frame(0x2f0, new byte[20_000]))
                    .data("hello")
                    .ends())
        .passed();
  }

  @Test
  void headsThatAreNotWellFormedAreRefused() {
    malformed(PROCESSING, section(":status", "20"));
    malformed(PROCESSING, section(":status", "2x0"));
    malformed(PROCESSING, section("a", "b"));
    malformed(PROCESSING, section(":status", "200", ":status", "200"));
    malformed(PROCESSING, section(":status", "200", ":path", "/"));
    malformed(PROCESSING, section("a", "b", ":status", "200"));
    malformed(PROCESSING, section(":status", "200", "A", "b"));
    malformed(PROCESSING, section(":status", "200", "a b", "c"));
    malformed(PROCESSING, section(":status", "200", "a", "b\r\nc: d"));
    malformed(PROCESSING, section(":status", "200", "connection", "close"));
    malformed(PROCESSING, section(":status", "200", "transfer-encoding", "chunked"));
    malformed(PROCESSING, section(":status", "200", "content-length", "-1"));
    malformed(PROCESSING, exchange -> exchange.head(101));
  }

  @Test
  void fieldsThatReferToATableNobodyHasAreRefused() {
    malformed(PROCESSING, bytes(2, 0, 0x80));
    malformed(PROCESSING, bytes(0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f));
    malformed(PROCESSING, bytes(0, 0, 0xff));
    malformed(PROCESSING, bytes(0, 0, 0x2f, 0xff, 0xff, 0xff, 0xff, 0x7f));
  }

  @Test
  void aBombOfFieldsIsDefused() {
    byte[] section = new byte[260_000];
    Arrays.fill(section, (byte) 0xd9);
    section[0] = 0;
    section[1] = 0;
    malformed(
        PROCESSING, exchange -> exchange.sends(Http3Bytes.frame(Http3Bytes.HEADERS, section)));
  }

  @Test
  void aFloodOfFieldsIsCut() {
    malformed(
        PROCESSING,
        exchange -> exchange.sends(Http3Bytes.frame(Http3Bytes.HEADERS, 11 << 20, new byte[9])));
  }

  @Test
  void endlessInformationalAnswersAreRefused() {
    answered(
            exchange -> {
              for (int i = 0; i < 50; i++) {
                exchange.head(103);
              }
            })
        .failedIn(TRANSFER, PROTOCOL)
        .saying("informational");
  }

  @Test
  void informationalAnswersAreSkipped() {
    answered(exchange -> exchange.head(103, "link", "x").head(100).answers(200, "hello")).passed();
  }

  @Test
  void aBodyThatIsNotAsLongAsItSaysIsRefused() {
    answered(exchange -> exchange.answers(200, "hello", "content-length", "4"))
        .failedIn(TRANSFER, PROTOCOL);
    answered(exchange -> exchange.answers(200, "hello", "content-length", "6"))
        .failedIn(TRANSFER, PROTOCOL);
    answered(exchange -> exchange.answers(204, "hello")).failedIn(TRANSFER, PROTOCOL);
  }

  @Test
  void aFrameThatBreaksOffIsRefused() {
    answered(
            exchange ->
                exchange.head(200).sends(Http3Bytes.frame(Http3Bytes.DATA, 6, new byte[5])).ends())
        .failedIn(TRANSFER, PROTOCOL);
  }

  @Test
  void aBodyThatDripsIsLate() {
    Http3Peer peer = answering(exchange -> drip(exchange.head(200)));
    probing(peer).within(SOON.multipliedBy(2)).failsIn(TRANSFER, TIMEOUT);
  }

  private static void drip(Http3Exchange exchange) {
    if (exchange.connection().isActive()) {
      exchange.data("x");
      exchange.connection().eventLoop().schedule(() -> drip(exchange), 20, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void aServerThatNobodyHearsIsALateConnect() {
    UdpPeer peer = rig.closing(UdpPeer.silent());
    probingAt(http3(), peer.address())
        .within(Duration.ofSeconds(20))
        .failsIn(CONNECT, TIMEOUT)
        .saying("no packet from the peer for 5 s")
        .lastedAtLeast(Duration.ofSeconds(5));
  }

  private void malformed(Phase phase, Consumer<Http3Exchange> script) {
    answered(script).failedIn(phase, PROTOCOL);
  }

  private Outcome answered(Consumer<Http3Exchange> script) {
    return probing(answering(script)).ends();
  }

  private static Consumer<Http3Exchange> frame(int type) {
    return exchange -> exchange.sends(Http3Bytes.frame(type, new byte[0]));
  }

  private static Consumer<Http3Exchange> section(String... namesAndValues) {
    byte[] frame = Http3Bytes.frame(Http3Bytes.HEADERS, Http3Bytes.section(namesAndValues));
    return exchange -> exchange.sends(frame);
  }

  private static Consumer<Http3Exchange> bytes(int... values) {
    byte[] section = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      section[i] = (byte) values[i];
    }
    return exchange -> exchange.sends(Http3Bytes.frame(Http3Bytes.HEADERS, section));
  }

  private static byte[] push() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.writeBytes(
        Http3Bytes.section(":method", "GET", ":scheme", "https", ":path", "/", ":authority", "a"));
    return Http3Bytes.frame(PUSH_PROMISE, out.toByteArray());
  }
}
