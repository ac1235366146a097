package io.sonde.probe.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.sonde.net.http.TlsListener;
import io.sonde.net.tls.PeerChain;
import io.sonde.net.tls.TlsMetrics;
import io.sonde.net.tls.TlsSession;
import io.sonde.probe.Metric;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Samples;
import io.sonde.probe.Span;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one http probe has seen so far, written as series when the run ends, however it ends: so
 * that an answer that came just before the deadline shows as much as one that came in time.
 */
final class HttpMetrics implements TlsListener {
  private static final List<Metric> TLS_FAMILIES =
      List.of(
          Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY,
          Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS,
          Metric.PROBE_SSL_LAST_CHAIN_INFO,
          Metric.PROBE_TLS_VERSION_INFO,
          Metric.PROBE_TLS_CIPHER_INFO);

  private final ProbeRun run;
  private final boolean asksForCel;
  private @Nullable Redirects redirects;
  private @Nullable HttpResponse response;
  private @Nullable BodyReader body;
  private long contentLength;
  private int finalHop = -1;
  private boolean secure;
  private boolean resolving;
  private boolean sending;
  private boolean regexFailed;
  private boolean celFailed;
  private boolean tlsSeen;

  private HttpMetrics(ProbeRun run, boolean asksForCel) {
    this.run = run;
    this.asksForCel = asksForCel;
  }

  /**
   * Metrics that write themselves when {@code run} ends.
   *
   * @param asksForCel whether the module has CEL checks
   */
  static HttpMetrics of(ProbeRun run, boolean asksForCel) {
    HttpMetrics metrics = new HttpMetrics(run, asksForCel);
    run.onSettle(metrics::write);
    return metrics;
  }

  /** The address of the target is looked for here, not by a proxy. */
  void resolving() {
    resolving = true;
  }

  /** A request is about to be sent: from now on its phases exist. */
  void sending(Redirects counter) {
    redirects = counter;
    sending = true;
  }

  /** A hop begins: what an earlier one told about TLS no longer counts. */
  void hopBegins() {
    if (tlsSeen) {
      TLS_FAMILIES.forEach(run.samples()::clear);
      tlsSeen = false;
    }
  }

  @Override
  public void presented(PeerChain chain) {
    tlsSeen = true;
    TlsMetrics.HTTP.presented(run.samples(), chain);
  }

  @Override
  public void established(TlsSession session) {
    TlsMetrics.HTTP.established(run.samples(), session);
  }

  /** The final response has begun. */
  void responded(Hop hop, HttpResponse finalResponse) {
    response = finalResponse;
    finalHop = hop.number();
    secure = hop.url().isSecure();
    contentLength = contentLength(finalResponse);
  }

  /** The body of the final response is read by that one. */
  void reading(BodyReader reader) {
    body = reader;
  }

  /** Whether a check of headers or body has failed, or is not through yet. */
  void regexFailed(boolean failed) {
    regexFailed = failed;
  }

  /** Whether a condition on the body as JSON has failed, or is not through yet. */
  void celFailed(boolean failed) {
    celFailed = failed;
  }

  private void write() {
    Samples samples = run.samples();
    HttpResponse seen = response;
    samples.set(Metric.PROBE_HTTP_CONTENT_LENGTH, (double) contentLength);
    samples.set(
        Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH, body == null ? 0.0 : (double) body.length());
    samples.set(Metric.PROBE_HTTP_REDIRECTS, redirects == null ? 0 : redirects.seen());
    samples.set(Metric.PROBE_HTTP_SSL, secure ? 1 : 0);
    samples.set(Metric.PROBE_HTTP_STATUS_CODE, seen == null ? 0 : seen.status().code());
    samples.set(Metric.PROBE_HTTP_VERSION, seen == null ? 0 : version(seen));
    samples.set(Metric.PROBE_FAILED_DUE_TO_REGEX, regexFailed ? 1 : 0);
    if (asksForCel) {
      samples.set(Metric.PROBE_FAILED_DUE_TO_CEL, celFailed ? 1 : 0);
    }
    if (seen != null) {
      writeLastModified(samples, seen);
    }
    List<Span> spans = run.timeline().spans();
    HttpPhases.ofAll(spans, finalHop, resolving).writeTo(samples, sending);
    if (sending) {
      HttpPhases.note(spans, finalHop, resolving, run.trail());
    }
  }

  private static void writeLastModified(Samples samples, HttpResponse seen) {
    String text = seen.headers().get(HttpHeaderNames.LAST_MODIFIED);
    OptionalLong seconds = text == null ? OptionalLong.empty() : HttpDates.epochSeconds(text);
    if (seconds.isPresent()) {
      samples.set(Metric.PROBE_HTTP_LAST_MODIFIED_TIMESTAMP_SECONDS, (double) seconds.getAsLong());
    }
  }

  /** {@code HTTP/1.1} is 1.1. */
  private static double version(HttpResponse response) {
    return response.protocolVersion().majorVersion()
        + response.protocolVersion().minorVersion() / 10.0;
  }

  /** The length that the response declares; -1 if it declares none. */
  /** The length that a response declares; -1 if it declares none. */
  static long contentLength(HttpResponse response) {
    if (response.protocolVersion().majorVersion() > 1) {
      return contentLengthOfStream(response);
    }
    int code = response.status().code();
    if (code < 200 || code == 204 || code == 304) {
      return 0;
    }
    if (HttpUtil.isTransferEncodingChunked(response)) {
      return -1;
    }
    String declared = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    return declared == null ? -1 : number(declared);
  }

  /** Where the length frames nothing, it is what is said, and else known from the head's end. */
  private static long contentLengthOfStream(HttpResponse response) {
    List<String> declared = response.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (declared.isEmpty()) {
      boolean empty =
          response.protocolVersion().majorVersion() == 3
              ? response.status().code() == 204
              : response instanceof LastHttpContent;
      return empty ? 0 : -1;
    }
    return declared.size() == 1 ? number(declared.get(0)) : -1;
  }

  private static long number(String declared) {
    try {
      return Math.max(-1, Long.parseLong(declared.strip()));
    } catch (NumberFormatException ignored) {
      // Where this gets through, nobody needed the length to find the end.
      return -1;
    }
  }
}
