package io.sonde.probe.tcp;

import io.sonde.config.Bytes;
import io.sonde.config.IpPreference;
import io.sonde.config.LabelTemplate;
import io.sonde.config.QueryResponse;
import io.sonde.config.Regex;
import io.sonde.config.Source;
import io.sonde.config.TcpSpec;
import io.sonde.config.TlsSpec;
import io.sonde.testkit.TestCa;
import java.util.List;

/** Words for dialogues: {@code tcp(expect("^220"), send("QUIT\r"))}. */
final class Steps {
  /** What is shown of a good peer that presents a certificate of {@code Test Root}. */
  static final String HANDSHAKE_METRICS =
      """
      probe_dns_lookup_time_seconds *
      probe_duration_seconds *
      probe_failed_due_to_bytes 0
      probe_failed_due_to_regex 0
      probe_ip_addr_hash 3668918509
      probe_ip_protocol 4
      probe_ssl_earliest_cert_expiry *
      probe_ssl_last_chain_expiry_timestamp_seconds *
      probe_ssl_last_chain_info{fingerprint_sha256="*",issuer="CN=Test Root",serialnumber="*",subject="CN=good.example",subjectalternative="good.example"} 1
      probe_success 1
      probe_timeout_seconds 25
      probe_tls_version_info{version="TLS 1.3"} 1
      """;

  private Steps() {}

  static TcpSpec tcp(QueryResponse... steps) {
    return new TcpSpec(IpPreference.DEFAULT, "", List.of(steps), false, TlsSpec.DEFAULT);
  }

  static TcpSpec overTls(TestCa authority, QueryResponse... steps) {
    return new TcpSpec(IpPreference.DEFAULT, "", List.of(steps), true, trusting(authority));
  }

  static TlsSpec trusting(TestCa authority) {
    return new TlsSpec(
        Source.inline(authority.pem()), Source.NONE, Source.NONE, "", false, null, null);
  }

  static QueryResponse expect(String regexp) {
    return expect(regexp, "");
  }

  static QueryResponse expect(String regexp, String send) {
    return new QueryResponse(Regex.compile(regexp), Bytes.EMPTY, null, Bytes.of(send), false);
  }

  static QueryResponse expectBytes(String text) {
    return new QueryResponse(null, Bytes.of(text), null, Bytes.EMPTY, false);
  }

  static QueryResponse send(String text) {
    return new QueryResponse(null, Bytes.EMPTY, null, Bytes.of(text), false);
  }

  static QueryResponse startTls() {
    return new QueryResponse(null, Bytes.EMPTY, null, Bytes.EMPTY, true);
  }

  /** Labels as {@code name=template}. */
  static QueryResponse labelled(String regexp, String... labels) {
    List<LabelTemplate> templates =
        List.of(labels).stream()
            .map(label -> label.split("=", 2))
            .map(pair -> new LabelTemplate(pair[0], pair[1]))
            .toList();
    return new QueryResponse(Regex.compile(regexp), Bytes.EMPTY, templates, Bytes.EMPTY, false);
  }
}
