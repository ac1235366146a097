package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.Reason.STATUS;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Product;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.RelayingProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** http targets through a proxy: the request names the target, and the proxy forwards it. */
class HttpProxyTest extends HttpClaims {
  @Test
  void theRequestNamesTheTargetAsItsHostHeaderDoes() {
    Peer proxy = answeringProxy();
    probing(http().proxy(url(proxy)), "http://good.example:8080/a?b=c")
        .passes()
        .inPhases(RESOLVE, CONNECT, PROCESSING, TRANSFER, CHECK)
        .shows(4, Metric.PROBE_IP_PROTOCOL);
    assertEquals(
        "GET http://good.example:8080/a?b=c HTTP/1.1\r\nHost: good.example:8080\r\nUser-Agent: "
            + Product.USER_AGENT
            + "\r\nConnection: close\r\n\r\n",
        proxy.received());
  }

  @Test
  void aConfiguredHostIsWhatTheProxyIsAskedFor() {
    Peer proxy = answeringProxy();
    probing(http().proxy(url(proxy)).header("Host", "set.example:81"), "http://good.example/")
        .passes();
    assertTrue(proxy.received().startsWith("GET http://set.example:81/ HTTP/1.1\r\n"));
  }

  @Test
  void anIp6TargetGoesInBrackets() {
    Peer proxy = answeringProxy();
    probing(http().proxy(url(proxy)), "http://[::1]:8080/").passes();
    assertTrue(proxy.received().startsWith("GET http://[::1]:8080/ HTTP/1.1\r\n"));
  }

  @Test
  void credentialsInTheUrlGoToTheProxyDecoded() {
    Peer proxy = answeringProxy();
    probing(http().proxy("http://us%20er:p%40ss@" + proxy.address()), "http://127.0.0.1:1/")
        .passes();
    assertEquals("Basic dXMgZXI6cEBzcw==", authorization(proxy));
  }

  @Test
  void aUserMayHaveNoPassword() {
    Peer proxy = answeringProxy();
    probing(http().proxy("http://u@" + proxy.address()), "http://127.0.0.1:1/").passes();
    assertEquals("Basic dTo=", authorization(proxy));
  }

  @Test
  void aConfiguredHeaderGoesBeforeCredentialsInTheUrl() {
    Peer proxy = answeringProxy();
    probing(
            http()
                .proxy("http://u:p@" + proxy.address())
                .header("proxy-authorization", "Bearer own"),
            "http://127.0.0.1:1/")
        .passes();
    assertEquals("Bearer own", authorization(proxy));
  }

  @Test
  void bodiesAreForwardedAsWell() {
    Peer server = rig.closing(Peer.listening().readsUntil("a=1").sends(HttpPeer.ok("hi")).closes());
    RelayingProxy proxy = rig.closing(RelayingProxy.of("user", "geheim"));
    probing(
            http().proxy("http://user:geheim@" + proxy.address()).method("POST").body("a=1"),
            server)
        .passes();
    assertTrue(server.received().startsWith("POST / HTTP/1.1\r\n"), server.received());
  }

  @Test
  void whatTheProxySaysOfItselfIsAnAnswer() {
    Peer proxy =
        rig.closing(HttpPeer.answering(HttpPeer.response("407 Proxy Authentication Required", "")));
    probing(http().proxy(url(proxy)), "http://127.0.0.1:1/")
        .failsIn(CHECK, STATUS)
        .shows(407, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @Test
  void aProxyThatRefusesIsNotTheTargetsFault() {
    DeadEnd proxy = rig.closing(DeadEnd.refusing());
    Outcome outcome =
        probing(http().proxy("http://u:geheim@" + proxy.address()), "http://127.0.0.1:1/")
            .failsIn(CONNECT, REFUSED)
            .saying("the proxy http://" + proxy.address() + ": ")
            .inPhases(RESOLVE, CONNECT)
            .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect");
    assertFalse(outcome.result().toString().contains("geheim"), outcome.result()::toString);
  }

  @Test
  void aProxyIsFoundByNameWithoutBeingTheTarget() {
    Peer proxy = answeringProxy();
    Outcome outcome =
        probing(
                http().proxy("http://" + Network.GOOD_NAME + ":" + proxy.port()),
                "http://127.0.0.2:1/")
            .passes()
            .inPhases(RESOLVE, RESOLVE, CONNECT, PROCESSING, TRANSFER, CHECK);
    // Only the lookup of the target counts.
    double shown = outcome.value(Metric.PROBE_HTTP_DURATION_SECONDS, "resolve");
    assertEquals(outcome.result().spans().get(0).nanos() / 1e9, shown);
  }

  @Test
  void aProxyThatHasNoAddressIsALookupFailure() {
    probing(http().proxy("http://" + Network.UNKNOWN_NAME + ":1"), "http://127.0.0.1:1/")
        .failsIn(RESOLVE, NAME_NOT_FOUND)
        .saying("the proxy http://" + Network.UNKNOWN_NAME + ":1: ")
        .shows(4, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void aNameMayBeLeftToTheProxy() {
    Peer proxy = answeringProxy();
    probing(http().proxy(url(proxy)).leavingNamesToProxy(), "http://" + Network.UNKNOWN_NAME)
        .passes()
        .inPhases(CONNECT, PROCESSING, TRANSFER, CHECK)
        .hasNo(
            Metric.PROBE_IP_PROTOCOL,
            Metric.PROBE_IP_ADDR_HASH,
            Metric.PROBE_DNS_LOOKUP_TIME_SECONDS)
        .exposes(
            """
            probe_duration_seconds *
            probe_failed_due_to_regex 0
            probe_http_content_length 5
            probe_http_duration_seconds{phase="connect"} *
            probe_http_duration_seconds{phase="processing"} *
            probe_http_duration_seconds{phase="tls"} *
            probe_http_duration_seconds{phase="transfer"} *
            probe_http_redirects 0
            probe_http_ssl 0
            probe_http_status_code 200
            probe_http_uncompressed_body_length 5
            probe_http_version 1.100000000000000088817841970012523233890533447265625
            probe_success 1
            probe_timeout_seconds 25
            """);
    assertTrue(proxy.received().startsWith("GET http://" + Network.UNKNOWN_NAME + "/ HTTP/1.1"));
  }

  @Test
  void aNameIsNotLeftToAProxyThatIsNotThere() {
    probing(http().leavingNamesToProxy(), "http://" + Network.UNKNOWN_NAME)
        .failsIn(RESOLVE, NAME_NOT_FOUND)
        .shows(0, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void aTargetWithoutHostIsNoTargetEvenForAProxy() {
    probing(http().proxy("http://127.0.0.1:1").leavingNamesToProxy(), "http:///x")
        .failsIn(SETUP, CONFIG);
  }

  @Test
  void whatIsNoKnownSchemeIsTakenForHttp() {
    Peer proxy = answeringProxy();
    probing(http().proxy("//" + proxy.address()), "http://127.0.0.1:1/").passes();
    probing(http().proxy("web://" + proxy.address() + "/path"), "http://127.0.0.1:1/").passes();
    assertEquals(2, proxy.connections());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://", "http://:80", "http://127.0.0.1:65536", "http:", "localhost:1"})
  void aProxyThatIsNowhereFailsEveryProbe(String proxy) {
    Outcome outcome =
        probing(http().proxy(proxy), "http://127.0.0.1:1/")
            .failsIn(SETUP, CONFIG)
            .saying("proxy_url: ")
            .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect");
    assertTrue(outcome.notes(Level.ERROR).contains("Error for HTTP request"));
  }

  @Test
  void eachHopAsksAgain() {
    Peer proxy =
        rig.closing(HttpPeer.answering(HttpPeer.redirect(302, "http://other.example:8080/next")));
    HttpPeer.answers(proxy.thenOnNextConnection(), HttpPeer.ok("hello"));
    probing(http().proxy("http://u:p@" + proxy.address()), "http://127.0.0.1:1/")
        .passes()
        .shows(1, Metric.PROBE_HTTP_REDIRECTS);
    String second = proxy.connection(1).received();
    assertTrue(second.startsWith("GET http://other.example:8080/next HTTP/1.1\r\n"), second);
    assertTrue(second.contains("\r\nProxy-Authorization: Basic dTpw\r\n"), second);
  }

  @Test
  void afterARedirectTheLookupThatIsLeftToTheProxyIsShownAsOne() {
    Peer proxy =
        rig.closing(HttpPeer.answering(HttpPeer.redirect(302, "http://other.example/next")));
    HttpPeer.answers(proxy.thenOnNextConnection(), HttpPeer.ok("hello"));
    probing(http().proxy(url(proxy)).leavingNamesToProxy(), "http://" + Network.UNKNOWN_NAME)
        .passes()
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "resolve");
  }

  private Peer answeringProxy() {
    return rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
  }

  private static String url(Peer proxy) {
    return "http://" + proxy.address();
  }

  private static String authorization(Peer proxy) {
    proxy.connection(0).awaitReceived(END_OF_HEAD);
    return HttpProberTest.header(proxy.received(), "Proxy-Authorization");
  }
}
