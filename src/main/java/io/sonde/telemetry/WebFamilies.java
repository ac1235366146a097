package io.sonde.telemetry;

import io.sonde.telemetry.WebStats.HandshakeFailure;
import io.sonde.telemetry.WebStats.Load;
import io.sonde.telemetry.WebStats.LoginFailure;
import java.time.Instant;
import java.util.List;

/** Metrics of the daemon's own web server: shown once it has a configuration. */
final class WebFamilies {
  private static final List<String> REASON = List.of("reason");

  private WebFamilies() {}

  static void register(Families families, WebStats stats) {
    families.gauges(
        "sonde_web_config_last_reload_successful",
        "Whether the web configuration in force is the one in its file.",
        List.of(),
        values -> {
          Load load = stats.load();
          if (load != null) {
            values.add(load.successful() ? 1 : 0);
          }
        });
    families.gauges(
        "sonde_web_config_last_reload_success_timestamp_seconds",
        "When the web configuration in force was loaded.",
        List.of(),
        values -> {
          Load load = stats.load();
          if (load != null) {
            values.add(load.atSeconds());
          }
        });
    families.gauges(
        "sonde_web_certificate_expiry_timestamp_seconds",
        "When the certificate that the daemon shows, or one of its chain, expires.",
        List.of(),
        values -> {
          Instant expiry = stats.certificateExpiry();
          if (expiry != null) {
            values.add((double) expiry.getEpochSecond());
          }
        });
    registerFailures(families, stats);
  }

  private static void registerFailures(Families families, WebStats stats) {
    families.counters(
        "sonde_web_login_failures_total",
        "Requests that were not let in, by reason: missing, wrong or unchecked credentials.",
        REASON,
        values -> {
          for (LoginFailure failure : LoginFailure.values()) {
            if (stats.load() != null) {
              values.add((double) stats.failures(failure), failure.label());
            }
          }
        });
    families.counters(
        "sonde_web_handshake_failures_total",
        "Connections that never got as far as their first request, by reason.",
        REASON,
        values -> {
          for (HandshakeFailure failure : HandshakeFailure.values()) {
            if (stats.certificateExpiry() != null) {
              values.add((double) stats.failures(failure), failure.label());
            }
          }
        });
    families.counters(
        "sonde_web_rate_limited_total",
        "Requests that were answered 429 because of the rate limit.",
        List.of(),
        values -> {
          if (stats.load() != null) {
            values.add((double) stats.rateLimitedRequests());
          }
        });
  }
}
