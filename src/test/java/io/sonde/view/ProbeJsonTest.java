package io.sonde.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.probe.ProbeResult;
import io.sonde.testkit.Results;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeJsonTest {
  @Test
  void aPassedProbeIsOneObject() {
    assertEquals(
        """
        {"module":"web","target":"http://u:<secret>@good.example/old","success":true,\
        "interrupted":false,"phase":null,"reason":null,"message":null,\
        "started_at":"2026-11-21T12:00:00.250Z","duration_seconds":0.1,"timeout_seconds":5,"trace_id":null,\
        "address":{"ip":"192.0.2.1","port":80,"family":4},"spans":[\
        {"phase":"resolve","hop":0,"start_seconds":0,"duration_seconds":0.005,"completed":true},\
        {"phase":"connect","hop":0,"start_seconds":0.005,"duration_seconds":0.005,"completed":true},\
        {"phase":"processing","hop":0,"start_seconds":0.01,"duration_seconds":0.04,"completed":true},\
        {"phase":"connect","hop":1,"start_seconds":0.05,"duration_seconds":0.005,"completed":true},\
        {"phase":"processing","hop":1,"start_seconds":0.055,"duration_seconds":0.04,"completed":true},\
        {"phase":"transfer","hop":1,"start_seconds":0.095,"duration_seconds":0.005,"completed":true}],\
        "http":{"method":"GET","url":"http://good.example/new","version":"HTTP/1.1","status":200,\
        "status_text":"OK","redirects":[{"hop":0,"status":301,"location":"/new","followed":true}]},\
        "dialogue":[],"tls":null,"certificates":[],\
        "metrics":[{"name":"probe_http_uncompressed_body_length","labels":{},"value":1234}]}
        """,
        line(Results.passed(), false));
  }

  @Test
  void aFailedOneTellsReasonCertificatesAndOnRequestTheTrail() {
    assertEquals(
        """
        {"module":"web","target":"https://old.example","success":false,"interrupted":false,\
        "phase":"tls","reason":"cert_expired","message":"certificate expired 3 days ago",\
        "started_at":"2026-11-21T12:00:00.250Z","duration_seconds":0.04,"timeout_seconds":5,"trace_id":null,\
        "address":{"ip":"192.0.2.1","port":80,"family":4},"spans":[\
        {"phase":"connect","hop":0,"start_seconds":0.01,"duration_seconds":0.01,"completed":true},\
        {"phase":"tls","hop":0,"start_seconds":0.02,"duration_seconds":0.02,"completed":false}],\
        "http":{"method":"GET","url":"https://old.example","version":null,"status":null,\
        "status_text":null,"redirects":[]},"dialogue":[],"tls":null,\
        "certificates":[\
        {"subject":"CN=old\\u001b[31m.example","issuer":"CN=Root",\
        "not_before":"2025-01-01T00:00:00Z","not_after":"2026-11-18T12:00:00Z","days_left":-3,\
        "dns_names":["old.example"],"addresses":["192.0.2.1"],"serial_number":"01",\
        "fingerprint_sha256":"00ff"},\
        {"subject":"CN=Soon","issuer":"CN=Root",\
        "not_before":"2025-01-01T00:00:00Z","not_after":"2026-11-25T12:00:00Z","days_left":3,\
        "dns_names":["old.example"],"addresses":["192.0.2.1"],"serial_number":"01",\
        "fingerprint_sha256":"00ff"}],\
        "metrics":[{"name":"probe_http_uncompressed_body_length","labels":{},"value":1234}],\
        "trail":[{"at_seconds":0.04,"level":"error","message":"Error for HTTP request",\
        "attributes":{"err":"certificate expired 3 days ago"}},\
        {"at_seconds":0.04,"level":"warn","message":"Something\\u202e odd",\
        "attributes":{"seen":"a b","n":1.5}}]}
        """,
        line(Results.expired(), true));
  }

  @Test
  void numbersThatAreNoneBecomeStrings() {
    assertEquals(
        "[\"NaN\",\"+Inf\",\"-Inf\",1,0.25]",
        Json.of(
            List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.0, 0.25)));
  }

  @Test
  void stringsAreEscaped() {
    assertEquals(
        "\"\\\"\\\\\\u000a\\u001b\\u009b\\u2028\\ufffdé\"",
        Json.of("\"\\\n\u001b\u009b\u2028\ud800é"));
  }

  private static String line(ProbeResult result, boolean trail) {
    return ProbeJson.line(result, trail);
  }
}
