package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.testkit.Http2Peer.END_HEADERS;
import static io.sonde.testkit.Http2Peer.HEADERS;

import io.sonde.probe.Metric;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Peer;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class Http2ProberTest extends TlsHttpProberTest {
  private final SSLContext server = SERVER.jdkContext();

  @Override
  protected void isGood(Peer peer) {
    Http2Peer.answers(peer, server, Http2Peer.ok("hello"));
  }

  @Override
  protected List<Stage> stages() {
    byte[] head = Http2Peer.headers(0, ":status", "200");
    return List.of(
        Stage.in(TLS, peer -> peer.reads(1)),
        Stage.in(PROCESSING, peer -> peer.startsTls(server, "h2")),
        Stage.in(PROCESSING, peer -> Http2Peer.reads(peer, server)),
        Stage.in(TRANSFER, peer -> Http2Peer.reads(peer, server).sends(cut(head))),
        Stage.in(TRANSFER, peer -> Http2Peer.reads(peer, server).sends(head)),
        Stage.in(
            TRANSFER,
            peer -> Http2Peer.reads(peer, server).sends(head).sends(Http2Peer.data(0, "hel"))));
  }

  /** The same without the flag that ends it. */
  private static byte[] cut(byte[] headers) {
    byte[] payload = new byte[headers.length - 9];
    System.arraycopy(headers, 9, payload, 0, payload.length);
    return Http2Peer.frame(HEADERS, headers[4] & ~END_HEADERS, 1, payload);
  }

  @Test
  void anAnswerPasses() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, TLS, PROCESSING, TRANSFER, CHECK)
        .shows(2, Metric.PROBE_HTTP_VERSION)
        .shows(200, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(1, Metric.PROBE_HTTP_SSL)
        .shows(-1, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }
}
