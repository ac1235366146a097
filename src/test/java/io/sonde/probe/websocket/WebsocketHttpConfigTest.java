package io.sonde.probe.websocket;

import static io.sonde.probe.Phase.AUTH;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.testkit.WebsocketPeer.accepts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.RelayingProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials, headers and proxies of handshakes. */
class WebsocketHttpConfigTest extends WebsocketClaims {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "basic_auth: {username: joe, password: secret} | Basic am9lOnNlY3JldA==",
        "basic_auth: {username: joe} | Basic am9lOg==",
        "authorization: {credentials: t0k} | Bearer t0k",
        "authorization: {type: Token, credentials: t0k} | Token t0k",
        "bearer_token: t0k | Bearer t0k",
        "authorization: {type: Token} | (none)",
        "authorization: {} | (none)"
      })
  void credentialsAreSent(String config, String value) {
    Peer peer = agreeing();
    probing("http_config: {" + config + "}", peer).passes();
    assertEquals(List.of(value), headers(peer, "Authorization"));
  }

  @Test
  void credentialsInFilesAreReadAtEveryProbe() throws IOException {
    Path file = folder.resolve("token");
    for (String token : List.of("one", "two")) {
      Files.writeString(file, token + "\n");
      Peer peer = agreeing();
      probing("http_config: {authorization: {credentials_file: " + file + "}}", peer).passes();
      assertEquals(List.of("Bearer " + token), headers(peer, "Authorization"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http_config: {basic_auth: {username: joe, password_file: %s}}",
        "http_config: {authorization: {credentials_file: %s}}",
        "headers: {X-Token: {files: [%s]}}"
      })
  void aFileThatCannotBeReadFailsTheProbeAndIsNamed(String yaml) {
    String missing = folder.resolve("nobody").toString();
    Peer peer = agreeing();
    probing(yaml.formatted(missing), peer)
        .failsIn(SETUP, CONFIG)
        .saying(missing)
        .shows(4, Metric.PROBE_IP_PROTOCOL)
        .shows(0, Metric.PROBE_WEBSOCKET_STATUS_CODE);
    assertEquals(0, peer.connections());
  }

  @Test
  void aReferenceToASecretCannotBeResolved() {
    probing("http_config: {basic_auth: {username: joe, password_ref: vault}}", agreeing())
        .failsIn(SETUP, CONFIG)
        .saying("secret ref");
  }

  @Test
  void everyValueOfAHeaderIsALine() throws IOException {
    Path file = Files.writeString(folder.resolve("value"), " four \n");
    Peer peer = agreeing();
    probing(
            "headers: {x-some: {values: [one, two], secrets: [three], files: ["
                + file
                + "]}}\n"
                + "http_config: {http_headers: {X-Other: {values: [five]}}}",
            peer)
        .passes();
    assertEquals(List.of("one", "two", "three", "four"), headers(peer, "X-Some"));
    assertEquals(List.of("five"), headers(peer, "X-Other"));
  }

  @Test
  void someHeadersReplaceWhatWouldBeSent() {
    Peer peer = agreeing();
    probing(
            "headers: {host: virtual.example, user-agent: probe/1,"
                + " content-length: 5, sec-websocket-protocol: 'chat, superchat'}",
            peer)
        .passes();
    assertEquals(List.of("virtual.example"), headers(peer, "Host"));
    assertEquals(List.of("probe/1"), headers(peer, "User-Agent"));
    assertEquals(List.of("chat, superchat"), headers(peer, "Sec-WebSocket-Protocol"));
    assertEquals(List.of("(none)"), headers(peer, "Content-Length"));
  }

  @Test
  void anAuthorizationHeaderGoesBesideConfiguredCredentials() {
    Peer peer = agreeing();
    probing("headers: {Authorization: own}\nhttp_config: {bearer_token: t0k}", peer).passes();
    assertEquals(List.of("own", "Bearer t0k"), headers(peer, "Authorization"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "headers: {'a b': {values: [x]}}",
        "headers: {X: {values: [\"a\\nB: c\"]}}",
        "headers: {Host: {values: ['a b']}}",
        "http_config: {bearer_token: \"a\\r\\nB: c\"}"
      })
  void nothingCanSplitTheRequest(String yaml) {
    Peer peer = agreeing();
    probing(yaml, peer).failsIn(SETUP, CONFIG).saying("invalid");
    assertEquals(0, peer.connections());
  }

  @Test
  void aTokenIsFetchedFirstAndInNoPhaseOfTheHandshake() {
    Peer tokens =
        rig.closing(
            HttpPeer.answering(HttpPeer.ok("{\"access_token\": \"fetched\", \"expires_in\": 60}")));
    Peer peer = agreeing();
    probing(
            "headers: {Authorization: own}\n"
                + "http_config: {oauth2: {client_id: id, client_secret: s, token_url: 'http://"
                + tokens.address()
                + "/token'}}",
            peer)
        .passes()
        .inPhases(RESOLVE, AUTH, CONNECT, PROCESSING, TRANSFER);
    assertEquals(List.of("Bearer fetched"), headers(peer, "Authorization"));
    assertEquals(List.of("Go-http-client/1.1"), headers(tokens, "User-Agent"));
  }

  @Test
  void aTokenThatIsNotToBeHadFailsTheProbe() {
    Peer tokens = rig.closing(HttpPeer.answering(HttpPeer.response("500 No", "no")));
    Peer peer = agreeing();
    probing(
            "http_config: {oauth2: {client_id: id, client_secret: s, token_url: 'http://"
                + tokens.address()
                + "/token'}}",
            peer)
        .failsIn(AUTH, Reason.AUTH)
        .shows(0, Metric.PROBE_WEBSOCKET_DURATION_SECONDS, "processing");
    assertEquals(0, peer.connections());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void aProxyIsAskedForATunnel(String scheme) {
    try (RelayingProxy proxy = RelayingProxy.of("joe", "secret")) {
      Peer peer = agreeing();
      String url = scheme + "://joe:secret@" + proxy.address();
      probing("http_config: {proxy_url: '" + url + "'}", peer)
          .passes()
          .inPhases(RESOLVE, CONNECT, PROXY, PROCESSING, TRANSFER)
          .has(Metric.PROBE_WEBSOCKET_DURATION_SECONDS);
      String asked = proxy.asked().get(0);
      assertTrue(
          asked.startsWith((scheme.equals("http") ? "CONNECT " : "SOCKS ") + peer.address()),
          asked);
      assertTrue(peer.received().startsWith("GET /chat?room=1 HTTP/1.1\r\n"), peer::received);
    }
  }

  @Test
  void aProxyGetsItsOwnHeadersAndTheServerNone() {
    try (RelayingProxy proxy = RelayingProxy.open()) {
      Peer peer = agreeing();
      probing(
              "http_config: {proxy_url: 'http://"
                  + proxy.address()
                  + "', proxy_connect_header: {X-Via: [probe]}}",
              peer)
          .passes();
      assertTrue(proxy.asked().get(0).contains("\r\nX-Via: probe\r\n"), proxy.asked()::toString);
      assertEquals(List.of("(none)"), headers(peer, "X-Via"));
    }
  }

  @Test
  void anExceptionGoesStraightToTheServer() {
    try (RelayingProxy proxy = RelayingProxy.open()) {
      String url = "http://" + proxy.address();
      probing("http_config: {proxy_url: '" + url + "', no_proxy: 127.0.0.1}", agreeing())
          .passes()
          .inPhases(RESOLVE, CONNECT, PROCESSING, TRANSFER);
      assertEquals(List.of(), proxy.asked());
    }
  }

  private Peer agreeing() {
    return accepts(rig.closing(Peer.listening())).staysSilent();
  }

  private static List<String> headers(Peer peer, String name) {
    List<String> values =
        peer.received()
            .lines()
            .filter(line -> line.startsWith(name + ": "))
            .map(line -> line.substring(name.length() + 2))
            .toList();
    return values.isEmpty() ? List.of("(none)") : values;
  }
}
