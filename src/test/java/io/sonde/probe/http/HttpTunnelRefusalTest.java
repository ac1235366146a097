package io.sonde.probe.http;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Reason.AUTH;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.RelayingProxy;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP proxies that do not connect to an https target, or not as they should. */
class HttpTunnelRefusalTest extends HttpClaims {
  private static final String ESTABLISHED = "HTTP/1.1 200 OK\r\n\r\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 502 Bad Gateway   | refused to connect to 127.0.0.1:443: 502 Bad Gateway",
        "HTTP/1.1 403 For\u0007en   | 403 For?en",
        "HTTP/1.1 302 Found         | 302 Found",
        "HTTP/1.1 101 Switch        | 101 Switch",
        "HTTP/1.1 599               | 599",
        "HTTP/1.1 2000 OK           | does not speak HTTP",
        "HTTP/1.1 20 OK             | does not speak HTTP",
        "HTTP/1.x 200 OK            | does not speak HTTP",
        "HTTP/2 200 OK              | does not speak HTTP",
        "SSH-2.0-server             | got a text that begins with \"SSH-2.0-server",
        "'\u0016\u0003\u0001'       | got TLS",
      })
  void theseAnswersRefuseIt(String line, String said) {
    Peer proxy =
        rig.closing(
            Peer.listening().readsUntil(END_OF_HEAD).sends(line + "\r\n\r\n").staysSilent());
    probing(http().proxy(url(proxy)), "https://127.0.0.1/")
        .failsIn(PROXY, Reason.PROXY)
        .saying("the proxy " + url(proxy) + " ")
        .saying(said)
        .inPhases(RESOLVE, CONNECT, PROXY)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect")
        .hasNo(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void aMalformedHeaderLineRefusesIt() {
    Peer proxy = saying("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n");
    probing(http().proxy(url(proxy)), "https://127.0.0.1/").failsIn(PROXY, Reason.PROXY);
  }

  @Test
  void aProxyThatWantsCredentialsIsAnAuthFailure() {
    RelayingProxy proxy = rig.closing(RelayingProxy.of("user", "geheim"));
    probing(http().proxy("http://" + proxy.address()), "https://127.0.0.1:1/")
        .failsIn(PROXY, AUTH)
        .saying("wants credentials");
    Outcome outcome =
        probing(http().proxy("http://user:verraten@" + proxy.address()), "https://127.0.0.1:1/")
            .failsIn(PROXY, AUTH)
            .saying("does not accept the credentials");
    assertFalse(outcome.result().toString().contains("verraten"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void anAnswerThatDoesNotEndIsRefused(int status) {
    String head = status == 0 ? "HTTP/1.1 200 OK\r\n" : "";
    String piece =
        status == 0 ? "X-Filler: " + "x".repeat(1_000) + "\r\n" : "HTTP/1.1 100 C\r\n\r\n";
    Peer proxy =
        rig.closing(
            Peer.listening()
                .readsUntil(END_OF_HEAD)
                .sends(head + piece.repeat(17_000 / piece.length() + 1))
                .staysSilent());
    probing(http().proxy(url(proxy)), "https://127.0.0.1/")
        .failsIn(PROXY, Reason.PROXY)
        .saying("more than 16384 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nA: b\r\n"})
  void aProxyThatFallsSilentIsLate(String said) {
    Peer proxy = rig.closing(Peer.listening().readsUntil(END_OF_HEAD).sends(said).staysSilent());
    probing(http().proxy(url(proxy)), "https://127.0.0.1/")
        .within(Duration.ofMillis(150))
        .failsIn(PROXY, TIMEOUT);
    proxy.connection(0).awaitEnd();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nA: b\r\n"})
  void aProxyThatHangsUpIsClosed(String said) {
    Peer closing = rig.closing(Peer.listening().readsUntil(END_OF_HEAD).sends(said).closes());
    probing(http().proxy(url(closing)), "https://127.0.0.1/").failsIn(PROXY, CLOSED);
    Peer resetting = rig.closing(Peer.listening().readsUntil(END_OF_HEAD).sends(said).resets());
    probing(http().proxy(url(resetting)), "https://127.0.0.1/").failsIn(PROXY, CLOSED);
  }

  @Test
  void aTunnelThatLeadsNowhereIsALateHandshake() {
    Peer proxy = saying(ESTABLISHED);
    probing(http().proxy(url(proxy)), "https://127.0.0.1/")
        .within(Duration.ofMillis(300))
        .failsIn(TLS, TIMEOUT)
        .inPhases(RESOLVE, CONNECT, PROXY, TLS);
  }

  @Test
  void whatIsNoTlsBehindTheTunnelIsTheTargetsFault() {
    Peer proxy =
        rig.closing(
            Peer.listening()
                .readsUntil(END_OF_HEAD)
                .sends(ESTABLISHED)
                .reads(5)
                .sends("HTTP/1.1 400 X"));
    probing(http().proxy(url(proxy)), "https://127.0.0.1/").failsIn(TLS, PROTOCOL);
  }

  @Test
  void noAnswerIsTooOddToRead() {
    Random random = new Random(20_260_901);
    String[] words = {
      "HTTP/1.1 ", "200", "100", "407", " OK", "\r\n", "\n", ":", "\0", "\u00ff", "5"
    };
    for (int round = 0; round < 60; round++) {
      StringBuilder answer = new StringBuilder();
      for (int left = random.nextInt(12); left > 0; left--) {
        answer.append(words[random.nextInt(words.length)]);
      }
      Peer proxy =
          rig.closing(Peer.listening().readsUntil(END_OF_HEAD).sends(answer.toString()).closes());
      Outcome outcome = probing(http().proxy(url(proxy)), "https://127.0.0.1/").ends();
      assertFalse(outcome.golden().contains("internal"), answer::toString);
      assertTrue(outcome.golden().contains("probe_success 0"), answer::toString);
    }
  }

  private Peer saying(String answer) {
    return rig.closing(Peer.listening().readsUntil(END_OF_HEAD).sends(answer).staysSilent());
  }

  private static String url(Peer proxy) {
    return "http://" + proxy.address();
  }
}
