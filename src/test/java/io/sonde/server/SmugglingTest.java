package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that two servers on the way could read differently (RFC 9112, section 11.2): each is
 * refused, and nothing behind it is read.
 */
class SmugglingTest {
  private static final String HOST = "Host: t\r\n";
  private static final String NEXT = "GET /-/healthy HTTP/1.1\r\nHost: t\r\n\r\n";

  private static ServerRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new ServerRig();
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: t",
        "Host: u",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: 5 5",
        "Content-Length: 0x5",
        "Content-Length: 5abc",
        "Content-Length:",
        "Content-Length: 99999999999999999999",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding\t: chunked",
        "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding: chunked\r\n , identity",
        "Content-Length : 5",
        "X: a\r\n folded",
        "X: a\r\n\tfolded",
        " X: indented",
        "X: a\rContent-Length: 5",
        "X: a\nContent-Length: 5",
        "X: a\u0000b",
        "no colon",
        ": no name",
        "X(: a",
      })
  void ambiguousHeadersAreRefused(String fields) throws Exception {
    refused(400, "POST /-/healthy HTTP/1.1\r\n" + HOST + fields + "\r\n\r\n0\r\n\r\n" + NEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /-/healthy HTTP/1.1\nHost: t\n\n",
        "GET /-/healthy HTTP/1.1\r\nHost: t\n\r\n",
        "GET\t/-/healthy HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET  /-/healthy HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /-/healthy  HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /-/healthy HTTP/1.1 \r\nHost: t\r\n\r\n",
        "GET /-/heal thy HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /-/healthy\u000bHTTP/1.1\r\nHost: t\r\n\r\n",
        " GET /-/healthy HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /-/healthy\r\nHost: t\r\n\r\n",
        "\rGET\t/-/healthy HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /-/healthy HTTP/1.1\r\n\r\n",
        "CONNECT t:443 HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET t HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /-/healthy HTTP/1.1\r\n Host: t\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nSec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\n\r\n",
        "POST /-/healthy HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      })
  void otherThanRequestsIsRefused(String request) throws Exception {
    refused(400, request + NEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "g\r\n\r\n",
        "-1\r\n\r\n",
        "\r\n0\r\n\r\n",
        " 0\r\n\r\n",
        "0x0\r\n\r\n",
        "1\r\nab\r\n0\r\n\r\n",
        "1\na\r\n0\r\n\r\n",
        "1\r\na\n0\r\n\r\n",
        "1;\nx\r\na\r\n0\r\n\r\n",
        "1;a=\"\r\na\r\n0\r\n\r\n",
        "fffffffff\r\na\r\n0\r\n\r\n",
        "0\r\nno colon\r\n\r\n",
      })
  void ambiguousChunksAreRefused(String body) throws Exception {
    refused(
        400,
        "POST /-/healthy HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + body + NEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/3.0"})
  void otherVersionsAreRefused(String version) throws Exception {
    refused(505, "GET /-/healthy " + version + "\r\nHost: t\r\n\r\n" + NEXT);
  }

  @Test
  void theGreetingOfHttp2IsRefusedWithoutTls() throws Exception {
    refused(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  }

  @Test
  void whatIsOnlyUnusualIsAnswered() throws Exception {
    String[] requests = {
      "GET http://u/-/healthy HTTP/1.1\r\nHost: t\r\n\r\n",
      "\r\nGET /-/healthy HTTP/1.1\r\nHost:\r\n\r\n",
      "GET /-/healthy HTTP/1.1\r\nHost: t\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: Chunked\r\n\r\n0;x=\"y\"\r\nX: y\r\n\r\n",
    };
    for (String request : requests) {
      try (Client client = rig.connect()) {
        client.raw(request + NEXT);
        assertEquals(200, client.answer().status(), request);
        assertEquals("Healthy", client.answer().body(), "what follows " + request);
      }
    }
  }

  private static void refused(int status, String request) throws Exception {
    try (Client client = rig.connect()) {
      client.raw(request);
      Client.Answer answer = client.answer();
      assertEquals(status, answer.status(), request);
      assertEquals("close", answer.header("connection"));
      assertTrue(client.ended(), "nothing more is answered");
    }
  }
}
