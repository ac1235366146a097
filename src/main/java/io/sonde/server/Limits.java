package io.sonde.server;

import java.time.Duration;

/**
 * What one client may ask of the server.
 *
 * @param requestLineBytes longest request line; a longer one is answered 414
 * @param headerBytes most bytes of header fields; more are answered 431
 * @param bodyBytes most bytes of a request body, of which {@link RequestBody} keeps the beginning;
 *     more are answered 413
 * @param pipelinedRequests requests that may wait behind the one being answered; then the
 *     connection is not read until one of them is done
 * @param request time for a request to arrive whole
 * @param idle time between requests after which the connection is closed. Longer than the five
 *     minutes after which Prometheus closes an idle connection itself, so that the scraper decides
 * @param response time for the client to take an answer
 */
public record Limits(
    int requestLineBytes,
    int headerBytes,
    long bodyBytes,
    int pipelinedRequests,
    Duration request,
    Duration idle,
    Duration response) {
  /** The limits of the daemon. */
  public static final Limits DEFAULT =
      new Limits(
          32 * 1024,
          64 * 1024,
          1024 * 1024,
          16,
          Duration.ofSeconds(10),
          Duration.ofMinutes(6),
          Duration.ofSeconds(30));

  /** When a connection must be looked at first: none of its times can be over before. */
  long firstCheckNanos() {
    return Math.min(request.toNanos(), Math.min(idle.toNanos(), response.toNanos()));
  }
}
