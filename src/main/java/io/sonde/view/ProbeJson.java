package io.sonde.view;

import io.sonde.probe.Fact;
import io.sonde.probe.Failure;
import io.sonde.probe.PeerCertificate;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Sample;
import io.sonde.probe.Span;
import io.sonde.probe.Trail;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One probe as a JSON object. The keys are stable: all of them are always there, null where there
 * is nothing to say; only {@code trail} comes on request.
 */
public final class ProbeJson {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ProbeResult result;
  private final List<SeenHop> hops;

  private ProbeJson(ProbeResult result) {
    this.result = result;
    this.hops = SeenHop.of(result);
  }

  /** The object as a line, with its end. */
  public static String line(ProbeResult result, boolean trail) {
    return Json.of(new ProbeJson(result).object(trail)) + "\n";
  }

  /** Everything about a result that has a number: that, what a failure means, and the trail. */
  public static Map<String, @Nullable Object> whole(ProbeResult result) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("id", result.id());
    object.putAll(new ProbeJson(result).object(true));
    Failure failure = result.verdict().failure();
    object.put("advice", failure == null ? null : advice(Advice.on(failure, result.request())));
    return object;
  }

  private static Map<String, String> advice(Advice advice) {
    Map<String, String> object = new LinkedHashMap<>();
    object.put("meaning", advice.words());
    object.put("check", advice.next());
    return object;
  }

  /** What a list tells of a result that has a number. */
  public static Map<String, @Nullable Object> summary(ProbeResult result) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("id", result.id());
    putOutcome(object, result);
    return object;
  }

  private static void putOutcome(Map<String, @Nullable Object> object, ProbeResult result) {
    Failure failure = result.verdict().failure();
    object.put("module", result.request().module().name());
    object.put("target", result.request().target());
    object.put("success", result.verdict().success());
    object.put("interrupted", result.abandoned());
    object.put("phase", failure == null ? null : failure.phase().label());
    object.put("reason", failure == null ? null : failure.reason().label());
    object.put("message", failure == null ? null : failure.message());
    object.put("started_at", result.startedAt().toString());
    object.put("duration_seconds", result.duration().toNanos() / NANOS_PER_SECOND);
    object.put("timeout_seconds", result.request().timeout().toNanos() / NANOS_PER_SECOND);
    object.put("trace_id", result.traceId());
  }

  private Map<String, @Nullable Object> object(boolean trail) {
    Fact.Address address = SeenHop.latest(hops, Fact.Address.class);
    Fact.Certificates sent = SeenHop.latest(hops, Fact.Certificates.class);
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    putOutcome(object, result);
    object.put("address", address == null ? null : address(address.remote()));
    object.put("spans", result.spans().stream().map(this::span).toList());
    object.put("http", http());
    object.put("dialogue", dialogue());
    object.put("tls", tls());
    object.put(
        "certificates",
        sent == null ? List.of() : sent.sent().stream().map(this::certificate).toList());
    object.put("metrics", result.samples().stream().map(this::metric).toList());
    if (trail) {
      object.put("trail", result.trail().stream().map(this::note).toList());
    }
    return object;
  }

  private static Map<String, @Nullable Object> address(InetSocketAddress remote) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("ip", Addresses.ip(remote));
    object.put("port", remote.getPort() == 0 ? null : remote.getPort());
    object.put("family", Addresses.family(remote).equals("IPv4") ? 4 : 6);
    return object;
  }

  private Map<String, @Nullable Object> span(Span span) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("phase", span.phase().label());
    object.put("hop", span.hop());
    object.put("start_seconds", (span.startNanos() - result.startNanos()) / NANOS_PER_SECOND);
    object.put("duration_seconds", span.nanos() / NANOS_PER_SECOND);
    object.put("completed", span.completed());
    return object;
  }

  /** The final request and response, and the redirects that led there; null if none was made. */
  private @Nullable Map<String, @Nullable Object> http() {
    Fact.Request request = SeenHop.latest(hops, Fact.Request.class);
    if (request == null) {
      return null;
    }
    Fact.Response response = hops.get(hops.size() - 1).latest(Fact.Response.class);
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("method", request.method());
    object.put("url", request.url());
    object.put("version", response == null ? null : response.version());
    object.put("status", response == null ? null : response.status());
    object.put("status_text", response == null ? null : response.phrase());
    List<Object> redirects = new ArrayList<>();
    for (SeenHop hop : hops) {
      Fact.Redirect redirect = hop.latest(Fact.Redirect.class);
      Fact.Response from = hop.latest(Fact.Response.class);
      if (redirect != null && from != null) {
        redirects.add(redirect(hop, from, redirect));
      }
    }
    object.put("redirects", redirects);
    return object;
  }

  private Map<String, @Nullable Object> redirect(
      SeenHop hop, Fact.Response from, Fact.Redirect redirect) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("hop", hop.number());
    object.put("status", from.status());
    object.put("location", redirect.location());
    object.put("followed", redirect.followed());
    return object;
  }

  private List<Object> dialogue() {
    List<Object> steps = new ArrayList<>();
    for (SeenHop hop : hops) {
      for (Fact fact : hop.facts()) {
        if (fact instanceof Fact.Received received) {
          steps.add(Map.of("step", received.step(), "received", received.text()));
        } else if (fact instanceof Fact.Sent sent) {
          steps.add(Map.of("step", sent.step(), "sent_bytes", sent.bytes()));
        }
      }
    }
    return steps;
  }

  private @Nullable Map<String, @Nullable Object> tls() {
    Fact.Tls tls = SeenHop.latest(hops, Fact.Tls.class);
    if (tls == null) {
      return null;
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("version", tls.version());
    object.put("cipher", tls.cipher());
    object.put("alpn", tls.applicationProtocol());
    object.put("verified", tls.verified());
    return object;
  }

  private Map<String, @Nullable Object> certificate(PeerCertificate certificate) {
    Instant now = result.startedAt();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("subject", certificate.subject());
    object.put("issuer", certificate.issuer());
    object.put("not_before", certificate.notBefore().toString());
    object.put("not_after", certificate.notAfter().toString());
    object.put("days_left", Units.daysBetween(now, certificate.notAfter()));
    object.put("dns_names", certificate.dnsNames());
    object.put("addresses", certificate.addresses());
    object.put("serial_number", certificate.serialNumber());
    object.put("fingerprint_sha256", certificate.fingerprintSha256());
    return object;
  }

  private Map<String, @Nullable Object> metric(Sample sample) {
    Map<String, @Nullable Object> labels = new LinkedHashMap<>();
    for (int i = 0; i < sample.labelNames().size(); i++) {
      labels.put(sample.labelNames().get(i), sample.labelValues().get(i));
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("name", sample.metric().metricName());
    object.put("labels", labels);
    object.put("value", sample.value());
    return object;
  }

  private Map<String, @Nullable Object> note(Trail.Entry entry) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i + 1 < entry.attributes().size(); i += 2) {
      Object value = entry.attributes().get(i + 1);
      attributes.put(String.valueOf(entry.attributes().get(i)), value);
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("at_seconds", (entry.atNanos() - result.startNanos()) / NANOS_PER_SECOND);
    object.put("level", entry.level().name().toLowerCase(Locale.ROOT));
    object.put("message", entry.message());
    object.put("attributes", attributes);
    return object;
  }
}
