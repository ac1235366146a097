package io.sonde.probe.http;

import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** https targets through an HTTP proxy, which is asked to CONNECT. */
class HttpTunnelTest extends HttpClaims {
  private static final String ESTABLISHED = "HTTP/1.1 200 OK\r\n\r\n";
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  @Test
  void theProxyIsAskedForTheChosenAddress() {
    Peer proxy = tunnelling(ESTABLISHED);
    probing(trusting().proxy(url(proxy)), "https://" + Network.GOOD_NAME + "/").passes();
    assertEquals(
        """
        CONNECT 127.0.0.1:443 HTTP/1.1
        Host: 127.0.0.1:443
        User-Agent: Go-http-client/1.1

        """,
        asked(proxy).replace("\r\n", "\n"));
  }

  @Test
  void aNameMayBeLeftToTheProxy() {
    Peer proxy = tunnelling(ESTABLISHED);
    probing(
            trusting().proxy(url(proxy)).leavingNamesToProxy(),
            "https://" + Network.GOOD_NAME + ":8443/")
        .passes()
        .hasNo(Metric.PROBE_IP_PROTOCOL);
    assertTrue(
        asked(proxy).startsWith("CONNECT good.example:8443 HTTP/1.1\r\nHost: good.example:8443"));
  }

  @Test
  void anIp6TargetGoesInBrackets() {
    Peer proxy = rig.closing(Peer.listening().readsUntil(END_OF_HEAD).closes());
    probing(http().proxy(url(proxy)), "https://[2001:db8::1]/").failsIn(PROXY, CLOSED);
    assertTrue(
        asked(proxy).startsWith("CONNECT [2001:db8:0:0:0:0:0:1]:443 HTTP/1.1")
            || asked(proxy).startsWith("CONNECT [2001:db8::1]:443 HTTP/1.1"),
        asked(proxy));
  }

  @Test
  void configuredHeadersGoToTheProxyAndNowhereElse() {
    Peer proxy = tunnelling(ESTABLISHED);
    probing(
            trusting()
                .proxy("http://us%20er:p%40ss@" + proxy.address())
                .connectHeader("X-Foo", "a", " b ")
                .connectHeader("x-low", "c")
                .connectHeader("User-Agent", "mine")
                .connectHeader("Host", "evil")
                .connectHeader("Content-Length", "5")
                .connectHeader("Proxy-Authorization", "not this one"),
            "https://127.0.0.1/")
        .passes();
    assertEquals(
        """
        CONNECT 127.0.0.1:443 HTTP/1.1
        Host: 127.0.0.1:443
        User-Agent: mine
        Proxy-Authorization: Basic dXMgZXI6cEBzcw==
        X-Foo: a
        X-Foo: b
        x-low: c

        """,
        asked(proxy).replace("\r\n", "\n"));
    String request = proxy.received().substring(asked(proxy).length());
    assertFalse(request.contains("X-Foo") || request.contains("Proxy-"), request);
  }

  @Test
  void anEmptyUserAgentIsNone() {
    Peer proxy = tunnelling(ESTABLISHED);
    probing(trusting().proxy(url(proxy)).connectHeader("user-agent", ""), "https://127.0.0.1/")
        .passes();
    assertFalse(asked(proxy).toLowerCase(Locale.ROOT).contains("user-agent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"X-Foo | gehe\u0007im", "X-Foo | 'gehe\r\nX-Bar: im'", "X Foo | geheim"})
  void aHeaderThatCannotBeSentFailsEveryProbe(String name, String value) {
    Outcome outcome =
        probing(
                http().proxy("http://127.0.0.1:1").connectHeader(name, value),
                "https://127.0.0.1:1/")
            .failsIn(SETUP, CONFIG)
            .saying("proxy_connect_header");
    assertFalse(outcome.result().toString().contains(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 Connection established\r\n\r\n",
        "HTTP/1.1 200\r\n\r\n",
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 204 Nothing\r\nVia: 1.1 x\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
      })
  void theseAnswersOpenTheTunnel(String answer) {
    probing(trusting().proxy(url(tunnelling(answer))), "https://127.0.0.1/").passes();
  }

  @Test
  void anAnswerMayComeByteByByte() {
    String answer = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
    Peer proxy = rig.closing(Peer.listening().readsUntil(END_OF_HEAD).dripsOnCue(answer));
    HttpPeer.answers(proxy.startsTls(SERVER.jdkContext()), HttpPeer.ok("hello"));
    answer.chars().forEach(c -> proxy.cue());
    probing(trusting().proxy(url(proxy)), "https://127.0.0.1/").passes();
  }

  @Test
  void aRedirectToHttpsOfTheSameNameAsksForTheSameAddress() {
    Peer proxy =
        rig.closing(
            HttpPeer.answering(HttpPeer.redirect(302, "https://" + Network.GOOD_NAME + "/")));
    proxy.thenOnNextConnection().readsUntil(END_OF_HEAD).sends(ESTABLISHED);
    HttpPeer.answers(proxy.startsTls(SERVER.jdkContext()), HttpPeer.ok("hello"));
    probing(trusting().proxy(url(proxy)), "http://" + Network.GOOD_NAME + "/")
        .passes()
        .shows(1, Metric.PROBE_HTTP_SSL);
    assertTrue(proxy.connection(1).received().startsWith("CONNECT 127.0.0.1:443 "));
  }

  @Test
  void aRedirectElsewhereAsksForTheName() {
    Peer proxy = rig.closing(HttpPeer.answering(HttpPeer.redirect(302, "https://other.example/")));
    proxy.thenOnNextConnection().readsUntil(END_OF_HEAD).closes();
    probing(trusting().proxy(url(proxy)), "http://" + Network.GOOD_NAME + "/")
        .failsIn(PROXY, CLOSED)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE);
    assertTrue(proxy.connection(1).received().startsWith("CONNECT other.example:443 "));
  }

  /** A proxy that answers so, and is then the target itself. */
  private Peer tunnelling(String answer) {
    Peer proxy = rig.closing(Peer.listening().readsUntil(END_OF_HEAD).sends(answer));
    return HttpPeer.answers(proxy.startsTls(SERVER.jdkContext()), HttpPeer.ok("hello"));
  }

  private static HttpSpecs trusting() {
    return http().trusting(ROOT.pem());
  }

  private static String url(Peer proxy) {
    return "http://" + proxy.address();
  }

  private static String asked(Peer proxy) {
    String received = proxy.received();
    return received.substring(0, received.indexOf(END_OF_HEAD) + END_OF_HEAD.length());
  }
}
