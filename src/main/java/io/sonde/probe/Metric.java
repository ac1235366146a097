package io.sonde.probe;

import java.util.List;
import java.util.Locale;

/**
 * The catalogue of probe metrics: every family that {@code /probe} can answer with, once, in the
 * order of their names. All are gauges and all are made afresh for each probe.
 */
public enum Metric {
  PROBE_DNS_ADDITIONAL_RRS("Returns number of entries in the additional resource record list"),
  PROBE_DNS_ANSWER_RRS("Returns number of entries in the answer resource record list"),
  PROBE_DNS_AUTHORITY_RRS("Returns number of entries in the authority resource record list"),
  PROBE_DNS_DURATION_SECONDS("Duration of DNS request by phase", "phase"),
  PROBE_DNS_LOOKUP_TIME_SECONDS("Returns the time taken for probe dns lookup in seconds"),
  PROBE_DNS_QUERY_SUCCEEDED("Displays whether or not the query was executed successfully"),
  PROBE_DNS_SERIAL("Returns the serial number of the zone"),
  PROBE_DURATION_SECONDS("Returns how long the probe took to complete in seconds"),
  /** Its labels are those that the module's matching entry names. */
  PROBE_EXPECT_INFO("Explicit content matched"),
  PROBE_FAILED_DUE_TO_BYTES("Indicates if probe failed due to bytes"),
  PROBE_FAILED_DUE_TO_CEL("Indicates if probe failed due to CEL expression not matching"),
  PROBE_FAILED_DUE_TO_REGEX("Indicates if probe failed due to regex"),
  PROBE_FAILURE_INFO("Tells in which phase and why the probe failed", "phase", "reason"),
  PROBE_GRPC_DURATION_SECONDS("Duration of gRPC request by phase", "phase"),
  PROBE_GRPC_HEALTHCHECK_RESPONSE("Response HealthCheck response", "serving_status"),
  PROBE_GRPC_SSL("Indicates if SSL was used for the connection"),
  PROBE_GRPC_STATUS_CODE("Response gRPC status code"),
  PROBE_HTTP_CONTENT_LENGTH("Length of http content response"),
  PROBE_HTTP_DURATION_SECONDS(
      "Duration of http request by phase, summed over all redirects", "phase"),
  PROBE_HTTP_LAST_MODIFIED_TIMESTAMP_SECONDS(
      "Returns the Last-Modified HTTP response header in unixtime"),
  PROBE_HTTP_REDIRECTS("The number of redirects"),
  PROBE_HTTP_SSL("Indicates if SSL was used for the final redirect"),
  PROBE_HTTP_STATUS_CODE("Response HTTP status code"),
  PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH("Length of uncompressed response body"),
  PROBE_HTTP_VERSION("Returns the version of HTTP of the probe response"),
  PROBE_ICMP_DURATION_SECONDS("Duration of icmp request by phase", "phase"),
  PROBE_ICMP_REPLY_HOP_LIMIT("Replied packet hop limit (TTL for ipv4)"),
  PROBE_IP_ADDR_HASH(
      "Specifies the hash of IP address. It's useful to detect if the IP address changes."),
  PROBE_IP_PROTOCOL("Specifies whether probe ip protocol is IP4 or IP6"),
  PROBE_SSL_EARLIEST_CERT_EXPIRY("Returns last SSL chain expiry in unixtime"),
  PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS("Returns last SSL chain expiry in timestamp"),
  PROBE_SSL_LAST_CHAIN_INFO(
      "Contains SSL leaf certificate information",
      "fingerprint_sha256",
      "issuer",
      "serialnumber",
      "subject",
      "subjectalternative"),
  PROBE_SUCCESS("Displays whether or not the probe was a success"),
  PROBE_TIMEOUT_SECONDS("Returns how long the probe timeout is in seconds"),
  PROBE_TLS_CIPHER_INFO("Returns the TLS cipher negotiated during handshake", "cipher"),
  PROBE_TLS_VERSION_INFO("Returns the TLS version used or NaN when unknown", "version"),
  PROBE_WEBSOCKET_CONNECTION_UPGRADED(
      "Indicates if the websocket connection was successfully upgraded"),
  PROBE_WEBSOCKET_DURATION_SECONDS("Duration of websocket request by phase", "phase"),
  PROBE_WEBSOCKET_FAILED_DUE_TO_REGEX("Indicates if probe failed due to regex"),
  PROBE_WEBSOCKET_STATUS_CODE("Response HTTP status code");

  private final String metricName = name().toLowerCase(Locale.ROOT);
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which cannot change
  private final List<String> labelNames;

  Metric(String help, String... labelNames) {
    this.help = help;
    this.labelNames = List.of(labelNames);
  }

  /** The family's name as scraped. */
  public String metricName() {
    return metricName;
  }

  /** The family's HELP text. */
  public String help() {
    return help;
  }

  /** The names of the family's labels, sorted. */
  public List<String> labelNames() {
    return labelNames;
  }
}
