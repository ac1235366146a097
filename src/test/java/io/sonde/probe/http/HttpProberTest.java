package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.STATUS;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.ProbeSpec;
import io.sonde.probe.Metric;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProberTest extends HttpProberContract {
  @Override
  protected ProbeSpec spec() {
    return HttpSpec.DEFAULT;
  }

  @Override
  List<Stage> opening() {
    return List.of(
        Stage.in(TRANSFER, peer -> peer.readsUntil(END_OF_HEAD).sends("HTTP/1.1 200 OK\r\nA: b")));
  }

  @Test
  void anAnswerPasses() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROCESSING, TRANSFER, CHECK)
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failed_due_to_regex 0
            probe_http_content_length 5
            probe_http_duration_seconds{phase="connect"} *
            probe_http_duration_seconds{phase="processing"} *
            probe_http_duration_seconds{phase="resolve"} *
            probe_http_duration_seconds{phase="tls"} *
            probe_http_duration_seconds{phase="transfer"} *
            probe_http_redirects 0
            probe_http_ssl 0
            probe_http_status_code 200
            probe_http_uncompressed_body_length 5
            probe_http_version 1.100000000000000088817841970012523233890533447265625
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_success 1
            probe_timeout_seconds 25
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a b/",
        "http://127.0.0.1:80a/",
        "http://[::1/",
        "http://[127.0.0.1]/",
        "http://::1/",
        "http://127.0.0.1/%zz",
        "127.0.0.1/\r\nX-Injected: 1",
        "http://127.0.0.1/\u0000",
        "http://127.0.0.1/\u007f",
        "http://a%2eb/",
        "http://us er@127.0.0.1/"
      })
  void aTargetThatIsNoUrlFailsBeforeResolution(String target) {
    rig.probing(bind(spec()), moduleOf(spec()))
        .at(target)
        .failsIn(SETUP, CONFIG)
        .inPhases()
        .exposes(
            """
            probe_duration_seconds *
            probe_failed_due_to_regex 0
            probe_failure_info{phase="setup",reason="config"} 1
            probe_http_content_length 0
            probe_http_redirects 0
            probe_http_ssl 0
            probe_http_status_code 0
            probe_http_uncompressed_body_length 0
            probe_http_version 0
            probe_success 0
            probe_timeout_seconds 25
            """);
  }

  @Test
  void aForeignSchemeIsAHostAndThatIsSaid() {
    probing("ftp://127.0.0.1:1/")
        .failsIn(RESOLVE, NAME_NOT_FOUND)
        .saying("the target begins with neither http:// nor https://, so that ftp is taken");
  }

  @Test
  void aNameWithoutAddressShowsOnlyTheResolution() {
    probing(Network.UNKNOWN_NAME)
        .ends()
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failed_due_to_regex 0
            probe_failure_info{phase="resolve",reason="name_not_found"} 1
            probe_http_content_length 0
            probe_http_duration_seconds{phase="resolve"} *
            probe_http_redirects 0
            probe_http_ssl 0
            probe_http_status_code 0
            probe_http_uncompressed_body_length 0
            probe_http_version 0
            probe_ip_addr_hash 0
            probe_ip_protocol 0
            probe_success 0
            probe_timeout_seconds 25
            """);
  }

  @Test
  void aRefusedConnectionShowsAllPhasesAtZero() {
    DeadEnd end = rig.closing(DeadEnd.refusing());
    probing(end.address())
        .ends()
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect")
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "tls")
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "processing")
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "transfer")
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @Test
  void aPortOutOfRangeFailsAfterResolution() {
    probing("127.0.0.1:65536")
        .failsIn(SETUP, CONFIG)
        .inPhases(RESOLVE)
        .shows(4, Metric.PROBE_IP_PROTOCOL)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect");
  }

  @Test
  void anErrorStatusFailsAndShowsEverything() {
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.response("503 Sorry", "later")));
    probing(peer)
        .failsIn(CHECK, STATUS)
        .shows(503, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(5, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @Test
  void anIp6TargetGoesInBrackets() {
    Peer peer = rig.closing(Peer.listeningAt("::1"));
    isGood(peer);
    probing("http://[::1]:" + peer.port()).passes().shows(6, Metric.PROBE_IP_PROTOCOL);
    assertEquals("[::1]:" + peer.port(), header(peer.received(), "Host"));
  }

  @Test
  void theTrailTellsTheSteps() {
    assertEquals(
        List.of(
            "Beginning probe",
            "Resolving target address",
            "Resolved target address",
            "Making HTTP request",
            "Received HTTP response",
            "Response timings for roundtrip",
            "Probe succeeded"),
        probing(goodPeer()).passes().notes(Level.DEBUG));
    assertEquals(
        List.of("Error for HTTP request", "Probe failed"),
        probing(rig.closing(DeadEnd.refusing()).address()).ends().notes(Level.ERROR));
    assertEquals(
        List.of("Resolution with IP protocol failed", "Error resolving address", "Probe failed"),
        probing(Network.UNKNOWN_NAME).ends().notes(Level.ERROR));
  }

  static String header(String request, String name) {
    return request
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .reduce((a, b) -> a + " + " + b)
        .orElse("(none)");
  }

  private static ModuleConfig moduleOf(ProbeSpec spec) {
    return ModuleConfig.of("test", Duration.ZERO, spec);
  }
}
