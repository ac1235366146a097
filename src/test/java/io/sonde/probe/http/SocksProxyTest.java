package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.AUTH;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.http.HttpSpecs.http;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.RelayingProxy;
import io.sonde.testkit.TestCa;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets through a SOCKS 5 proxy. */
class SocksProxyTest extends HttpClaims {
  private static final String ANYBODY = "\5\0";
  private static final String CONNECTED = "\5\0\0\1\0\0\0\0\0\0";

  @ParameterizedTest
  @ValueSource(strings = {"socks5", "socks5h"})
  void theProxyIsAskedForTheChosenAddress(String scheme) {
    Peer server = rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
    RelayingProxy proxy = rig.closing(RelayingProxy.open());
    Outcome outcome =
        probing(
                http().proxy(scheme + "://" + proxy.address()),
                "http://" + Network.GOOD_NAME + ":" + server.port() + "/x")
            .passes()
            .inPhases(RESOLVE, CONNECT, PROXY, PROCESSING, TRANSFER, CHECK);
    assertEquals(List.of("SOCKS 127.0.0.1:" + server.port()), proxy.asked());
    assertTrue(server.received().startsWith("GET /x HTTP/1.1\r\nHost: good.example:"));
    // Without TLS a connection counts as connected when the request can be sent.
    double shown = outcome.value(Metric.PROBE_HTTP_DURATION_SECONDS, "connect");
    long nanos = outcome.result().spans().get(1).nanos() + outcome.result().spans().get(2).nanos();
    assertEquals(nanos / 1e9, shown);
  }

  @Test
  void aNameMayBeLeftToTheProxy() {
    Peer server = rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
    RelayingProxy proxy = rig.closing(RelayingProxy.of("us er", "p@ss"));
    probing(
            http().proxy("socks5://us%20er:p%40ss@" + proxy.address()).leavingNamesToProxy(),
            "http://" + Network.UNKNOWN_NAME + ":" + server.port())
        .passes();
    assertEquals(List.of("SOCKS " + Network.UNKNOWN_NAME + ":" + server.port()), proxy.asked());
  }

  @Test
  void tlsGoesThrough() {
    TestCa root = TestCa.root("Test Root");
    Peer server = rig.closing(Peer.listening());
    HttpPeer.answers(
        server.startsTls(root.issue("CN=x").ip("127.0.0.1").issue().jdkContext()),
        HttpPeer.ok("hello"));
    RelayingProxy proxy = rig.closing(RelayingProxy.open());
    probing(
            http().trusting(root.pem()).proxy("socks5://" + proxy.address()),
            "https://" + server.address() + "/")
        .passes()
        .inPhases(RESOLVE, CONNECT, PROXY, TLS, PROCESSING, TRANSFER, CHECK);
  }

  @Test
  void anIp6AddressGoesAsSuch() {
    Peer proxy = rig.closing(Peer.listening().reads(3).sends(ANYBODY).reads(22).closes());
    probing(http().proxy(url(proxy)), "http://[2001:db8::1]:258/").failsIn(PROXY, CLOSED);
    assertEquals(
        "\5\1\0" + "\5\1\0\4" + " \u0001\r\u00b8" + "\0".repeat(11) + "\1" + "\1\2",
        proxy.received());
  }

  @Test
  void whatComesBehindTheReplyIsTheTargets() {
    Peer proxy =
        rig.closing(
            Peer.listening()
                .reads(3)
                .sends(ANYBODY)
                .reads(10)
                .sends(latin1(CONNECTED + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
                .staysSilent());
    probing(http().proxy(url(proxy)), "http://127.0.0.1:1/").passes();
  }

  @Test
  void repliesMayComeByteByByteAndWithANameInThem() {
    Peer proxy = rig.closing(Peer.listening().reads(3));
    for (byte b : latin1(ANYBODY)) {
      proxy.waitsForCue().sends(new byte[] {b});
    }
    proxy.reads(10);
    for (byte b : latin1("\5\0\0\3\3abc\0\0")) {
      proxy.waitsForCue().sends(new byte[] {b});
    }
    HttpPeer.answers(proxy, HttpPeer.ok("hello"));
    for (int i = 0; i < 12; i++) {
      proxy.cue();
    }
    probing(http().proxy(url(proxy)), "http://127.0.0.1:1/").passes();
  }

  @ParameterizedTest
  @CsvSource({
    "1, general failure",
    "2, not allowed by its rules",
    "3, network unreachable",
    "4, host unreachable",
    "5, connection refused",
    "6, time to live expired",
    "7, command not supported",
    "8, address type not supported",
    "9, reply 9",
    "255, reply 255"
  })
  void everyRefusalIsTold(int code, String said) {
    Peer proxy =
        rig.closing(
            Peer.listening()
                .reads(3)
                .sends(ANYBODY)
                .reads(10)
                .sends(new byte[] {5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0})
                .staysSilent());
    probing(http().proxy(url(proxy)), "http://127.0.0.1:1/")
        .failsIn(PROXY, Reason.PROXY)
        .saying("the proxy " + url(proxy) + " refused to connect to 127.0.0.1: ")
        .saying(said)
        .inPhases(RESOLVE, CONNECT, PROXY)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect");
  }

  @Test
  void credentialsThatAreMissingOrWrongAreAnAuthFailure() {
    RelayingProxy proxy = rig.closing(RelayingProxy.of("user", "geheim"));
    Outcome outcome =
        probing(http().proxy("socks5://user:verraten@" + proxy.address()), "http://127.0.0.1:1/")
            .failsIn(PROXY, AUTH);
    assertFalse(outcome.result().toString().contains("verraten"));
    Peer strict = rig.closing(Peer.listening().reads(3).sends(latin1("\5\u00ff")).staysSilent());
    probing(http().proxy(url(strict)), "http://127.0.0.1:1/")
        .failsIn(PROXY, AUTH)
        .saying("wants credentials");
  }

  @Test
  void aUserThatSocksCannotTellIsAConfigFailure() {
    RelayingProxy proxy = rig.closing(RelayingProxy.of("user", "geheim"));
    for (String user : List.of(":x", "a".repeat(256) + ":x", "a:" + "x".repeat(256))) {
      probing(http().proxy("socks5://" + user + "@" + proxy.address()), "http://127.0.0.1:1/")
          .failsIn(PROXY, CONFIG);
    }
  }

  @Test
  void aNameThatSocksCannotTellIsAConfigFailure() {
    RelayingProxy proxy = rig.closing(RelayingProxy.open());
    probing(
            http().proxy("socks5://" + proxy.address()).leavingNamesToProxy(),
            "http://" + "a".repeat(256) + "/")
        .failsIn(PROXY, CONFIG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "\4\0",
        "\5\2",
        "\5\1",
        "\5\0\4",
        "\5\0\5\0\0\7\0"
      })
  void whatIsNoSocksIsRefused(String said) {
    Peer proxy = rig.closing(Peer.listening().reads(3).sends(latin1(said)).staysSilent());
    probing(http().proxy(url(proxy)), "http://127.0.0.1:1/")
        .failsIn(PROXY, Reason.PROXY)
        .saying("does not speak SOCKS 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\5", "\5\0", "\5\0\5", "\5\0\5\0\0\1\0\0", "\5\0\5\0\0\3\u00ffabc"})
  void aReplyThatStopsHalfWayIsLateOrClosed(String said) {
    Peer silent = rig.closing(Peer.listening().reads(3).sends(latin1(said)).staysSilent());
    probing(http().proxy(url(silent)), "http://127.0.0.1:1/")
        .within(Duration.ofMillis(150))
        .failsIn(PROXY, TIMEOUT);
    Peer closing = rig.closing(Peer.listening().reads(3).sends(latin1(said)).closes());
    probing(http().proxy(url(closing)), "http://127.0.0.1:1/").failsIn(PROXY, CLOSED);
  }

  @Test
  void noReplyIsTooOddToRead() {
    Random random = new Random(20_260_902);
    for (int round = 0; round < 60; round++) {
      byte[] said = new byte[random.nextInt(24)];
      random.nextBytes(said);
      for (int i = 0; i < said.length; i++) {
        said[i] = random.nextInt(3) > 0 ? (byte) (random.nextInt(6) % 6) : said[i];
      }
      if (said.length > 1 && random.nextBoolean()) {
        said[0] = 5;
        said[1] = 0;
      }
      Peer proxy = rig.closing(Peer.listening().reads(3).sends(said).closes());
      Outcome outcome = probing(http().proxy(url(proxy)), "http://127.0.0.1:1/").ends();
      assertFalse(outcome.golden().contains("internal"), outcome::golden);
      assertTrue(outcome.golden().contains("probe_success 0"), outcome::golden);
    }
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String url(Peer proxy) {
    return "socks5://" + proxy.address();
  }
}
