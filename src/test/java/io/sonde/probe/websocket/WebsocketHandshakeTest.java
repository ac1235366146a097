package io.sonde.probe.websocket;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static io.sonde.testkit.WebsocketPeer.accepts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.WebsocketPeer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out to ask for the upgrade, and which answers are no agreement. */
class WebsocketHandshakeTest extends WebsocketClaims {
  @Test
  void theRequestAsksForAnUpgrade() {
    Peer peer = agreeing();
    probing("", peer).passes();
    List<String> lines = peer.received().split(END_OF_HEAD, 2)[0].lines().toList();
    assertEquals("GET /chat?room=1 HTTP/1.1", lines.get(0));
    assertEquals(
        List.of(
            "Host: " + peer.address(),
            "User-Agent: Go-http-client/1.1",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: *",
            "Sec-WebSocket-Version: 13",
            "Upgrade: websocket"),
        lines.stream()
            .skip(1)
            .map(line -> line.replaceFirst("(Key: )[A-Za-z0-9+/]{22}==$", "$1*"))
            .toList());
  }

  @Test
  void everyHandshakeHasItsOwnKey() {
    Peer peer = agreeing();
    probing("", peer).passes();
    probing("", peer).passes();
    assertTrue(!key(peer, 0).equals(key(peer, 1)));
  }

  @Test
  void theKeyOfTheStandardIsAcceptedAsItSays() {
    assertEquals(
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", new HandshakeKey("dGhlIHNhbXBsZSBub25jZQ==").accept());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 OK | STATUS | expected status 101, got 200",
        "204 No Content | STATUS | got 204",
        "401 Unauthorized | AUTH | got 401",
        "403 Forbidden | STATUS | got 403",
        "404 Not Found | STATUS | got 404",
        "426 Upgrade Required | STATUS | got 426",
        "500 Oops | STATUS | got 500"
      })
  void anotherStatusIsNoAgreement(String status, Reason reason, String message) {
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.response(status, "no")));
    probing("", peer)
        .failsIn(CHECK, reason)
        .saying(message)
        .shows(Integer.parseInt(status.substring(0, 3)), Metric.PROBE_WEBSOCKET_STATUS_CODE)
        .shows(0, Metric.PROBE_WEBSOCKET_CONNECTION_UPGRADED)
        .shows(0, Metric.PROBE_WEBSOCKET_FAILED_DUE_TO_REGEX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http_config: {follow_redirects: true}"})
  void aRedirectIsNotFollowed(String yaml) {
    Peer elsewhere = agreeing();
    String location = "ws://" + elsewhere.address() + "/";
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.redirect(302, location)));
    probing(yaml, peer)
        .failsIn(CHECK, Reason.REDIRECT)
        .saying(location)
        .shows(302, Metric.PROBE_WEBSOCKET_STATUS_CODE);
    assertEquals(0, elsewhere.connections());
  }

  @Test
  void aSecretThatTheServerRepeatsIsHidden() {
    String yaml = "headers: {X-Vault: {secrets: [hunter2]}}";
    probing(yaml, answering("HTTP/1.1 101 hunter2\r\nUpgrade: a hunter2\r\n\r\n"))
        .failsIn(CHECK, PROTOCOL)
        .saying("got \"a <secret>\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Upgrade: websocket; Connection: Upgrade; | Sec-WebSocket-Accept",
        "Upgrade: websocket; Connection: Upgrade; Sec-WebSocket-Accept: AAAA | \"AAAA\"",
        "Upgrade: h2c; Connection: Upgrade; Sec-WebSocket-Accept: * | got \"h2c\"",
        "Connection: Upgrade; Sec-WebSocket-Accept: * | \"Upgrade: websocket\" in the answer, got none",
        "Upgrade: websocket; Connection: close; Sec-WebSocket-Accept: * | got \"close\"",
        "Upgrade: websocket; Sec-WebSocket-Accept: * | \"Connection: Upgrade\"",
        "Upgrade: websocket; Connection: Upgrade; Sec-WebSocket-Accept: *;"
            + " Sec-WebSocket-Extensions: permessage-deflate | expected no extension",
        "Upgrade: websocket; Connection: Upgrade; Sec-WebSocket-Accept: *;"
            + " Sec-WebSocket-Extensions: permessage-deflate, server_no_context_takeover,"
            + " client_no_context_takeover | expected no extension"
      })
  void anAnswerThatDoesNotFitIsNoAgreement(String headers, String message) {
    probing("", answering("HTTP/1.1 101 Switching Protocols\r\n" + lines(headers) + "\r\n"))
        .failsIn(CHECK, PROTOCOL)
        .saying(message)
        .shows(101, Metric.PROBE_WEBSOCKET_STATUS_CODE)
        .shows(0, Metric.PROBE_WEBSOCKET_CONNECTION_UPGRADED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upgrade: WebSocket; connection: upgrade; sec-websocket-accept: *",
        "Upgrade: foo, websocket; Connection: keep-alive, Upgrade; Sec-WebSocket-Accept: *",
        "Upgrade: websocket; Connection: keep-alive; Connection: Upgrade; Sec-WebSocket-Accept: *",
        "Upgrade: websocket; Connection: Upgrade; Sec-WebSocket-Accept: *; Content-Length: 7",
        "Upgrade: websocket; Connection: Upgrade; Sec-WebSocket-Accept: *;"
            + " Transfer-Encoding: chunked",
        "Upgrade: websocket; Connection: Upgrade; Sec-WebSocket-Accept: *;"
            + " Sec-WebSocket-Protocol: nobody-asked"
      })
  void anAnswerMaySpellTheAgreementInSeveralWays(String headers) {
    Peer peer = answering("HTTP/1.1 101 Switching Protocols\r\n" + lines(headers) + "\r\n");
    peer.sends(WebsocketPeer.text("ready")).staysSilent();
    probing("query_response: [{expect: '^ready$'}]", peer).passes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSH-2.0-OpenSSH_9.2\\r\\n | PROTOCOL",
        "HTTP/2 101 Switching\\r\\n\\r\\n | PROTOCOL",
        "HTTP/1.1 10x\\r\\n\\r\\n | PROTOCOL",
        "HTTP/1.1 101 Switching\\r\\nUpgrade: webso | CLOSED",
      })
  void whatIsNoAnswerSaysSo(String bytes, Reason reason) {
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .sends(bytes.replace("\\r\\n", "\r\n"))
            .closes();
    probing("", peer).failsIn(TRANSFER, reason);
  }

  @Test
  void headersThatNeverEndAreCutOff() {
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .sends("HTTP/1.1 101 Switching Protocols\r\n")
            .does(
                conversation -> {
                  byte[] line =
                      ("A: " + "b".repeat(8_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                  for (int i = 0; i < 2_000; i++) {
                    conversation.write(line);
                  }
                });
    probing("", peer).failsIn(TRANSFER, PROTOCOL).saying("headers exceed");
  }

  @Test
  void informationalAnswersComeBeforeTheAgreement() {
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .sends("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
            .does(
                conversation ->
                    conversation.write(
                        WebsocketPeer.agreement(conversation.received())
                            .getBytes(StandardCharsets.US_ASCII)))
            .staysSilent();
    probing("", peer).passes().shows(101, Metric.PROBE_WEBSOCKET_STATUS_CODE);
  }

  @Test
  void aSilentServerIsLateAndOneThatClosesIsClosed() {
    Peer silent = rig.closing(Peer.listening().staysSilent());
    probing("", silent)
        .within(SOON)
        .failsIn(PROCESSING, TIMEOUT)
        .shows(0, Metric.PROBE_WEBSOCKET_FAILED_DUE_TO_REGEX);
    Peer closing = rig.closing(Peer.listening().readsUntil(END_OF_HEAD).closes());
    probing("", closing).failsIn(PROCESSING, CLOSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade",
        "connection",
        "SEC-WEBSOCKET-KEY",
        "Sec-WebSocket-Version",
        "Sec-WebSocket-Extensions"
      })
  void headersOfTheHandshakeCannotBeSet(String name) {
    Peer peer = agreeing();
    probing("headers: {" + name + ": {values: [x]}}", peer)
        .failsIn(SETUP, CONFIG)
        .saying("belongs to the handshake")
        .shows(0, Metric.PROBE_WEBSOCKET_DURATION_SECONDS, "processing");
    assertEquals(0, peer.connections());
  }

  private static String key(Peer peer, int connection) {
    return peer.connection(connection)
        .received()
        .lines()
        .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
        .findFirst()
        .orElseThrow();
  }

  private Peer agreeing() {
    return accepts(rig.closing(Peer.listening())).staysSilent();
  }

  /** Answers with this head, in which a star stands for what fits the key. */
  private Peer answering(String head) {
    return rig.closing(Peer.listening())
        .readsUntil(END_OF_HEAD)
        .does(
            conversation ->
                conversation.write(
                    head.replace("*", WebsocketPeer.accept(conversation.received()))
                        .getBytes(StandardCharsets.US_ASCII)));
  }

  private static String lines(String headers) {
    StringBuilder lines = new StringBuilder();
    for (String header : headers.split(";", -1)) {
      lines.append(header.isBlank() ? "" : header.strip() + "\r\n");
    }
    return lines.toString();
  }
}
