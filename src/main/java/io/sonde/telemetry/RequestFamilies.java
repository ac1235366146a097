package io.sonde.telemetry;

import io.sonde.telemetry.RequestStats.Refused;
import io.sonde.telemetry.RequestStats.Route;
import java.util.List;

/** Rate, errors and durations of requests to the daemon, and the connections they come on. */
final class RequestFamilies {
  private RequestFamilies() {}

  static void register(Families families, RequestStats stats) {
    families.counters(
        "sonde_http_requests_total",
        "Requests that were answered, or whose caller left before (499).",
        List.of("route", "method", "code"),
        values ->
            stats.answered(
                (count, route, method, status) ->
                    values.add((double) count, route.label(), method, status)));
    families.histograms(
        "sonde_http_request_duration_seconds",
        "From the arrival of a request to its answer.",
        List.of("route"),
        values -> {
          for (Route route : Route.values()) {
            values.add(stats.durations(route), route.label());
          }
        });
    families.gauge(
        "sonde_http_requests_in_flight", "Requests that wait for their answer.", stats::inFlight);
    families.counters(
        "sonde_http_refusals_total",
        "Clients that were turned away before their request was one.",
        List.of("reason"),
        values -> {
          for (Refused why : Refused.values()) {
            values.add((double) stats.refusals(why), why.label());
          }
        });
  }

  static void register(Families families, ConnectionStats stats) {
    families.gauge(
        "sonde_http_connections", "Connections of clients that are open.", stats::openConnections);
    families.gauge(
        "sonde_http_connections_max",
        "Most connections of clients that may be open at once.",
        stats::mostConnections);
    families.counter(
        "sonde_http_connections_refused_total",
        "Connections that there was no room for, and that got no probe.",
        stats::refusedConnections);
    families.counter(
        "sonde_http_connections_evicted_total",
        "Idle connections that were closed to make room for others.",
        stats::evictedConnections);
  }
}
