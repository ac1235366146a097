package io.sonde.trace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.SeenSpan;
import io.sonde.testkit.SondeProcess;
import io.sonde.testkit.TraceReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A daemon that exports its spans to a receiver, both real. */
final class TraceRig implements AutoCloseable {
  static final String CALLER = "b7ad6b7169203331";

  private static final String MODULES =
      """
      modules:
        web: {prober: http, trace_context: true}
        secure: {prober: http, http: {tls_config: {insecure_skip_verify: true}}}
        plain: {prober: http}
        tcp: {prober: tcp}
        dns: {prober: dns, dns: {query_name: example.com, query_type: A}}
        grpc: {prober: grpc, trace_context: true}
        ws: {prober: websocket, trace_context: true}
        dropped: {prober: http, trace_context: true}
      """;

  final TraceReceiver receiver = TraceReceiver.start();
  final SondeProcess sonde;

  TraceRig(Path folder) throws IOException, InterruptedException {
    this.sonde =
        start(
            folder,
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url(),
                "OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=a%20b",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
                "OTEL_RESOURCE_ATTRIBUTES", "zone=north"));
  }

  /** A daemon in such an environment. */
  static SondeProcess start(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path file = folder.resolve("modules.yml");
    Files.writeString(file, MODULES);
    Map<String, String> all = new HashMap<>(environment);
    all.put("OTEL_BSP_SCHEDULE_DELAY", "50");
    return SondeProcess.start(folder, all, "--config.file=" + file);
  }

  /** Has a target probed, and tells the answer. */
  String probe(String module, String target) throws IOException, InterruptedException {
    return sonde.get("/probe?module=" + module + "&target=" + target);
  }

  /** Has a target probed in a caller's trace. */
  String probe(String module, String target, String traceparent)
      throws IOException, InterruptedException {
    Map<String, String> fields = Map.of("traceparent", traceparent, "tracestate", "a=1");
    return sonde.answer("/probe?module=" + module + "&target=" + target, fields).body();
  }

  /** What a caller sends who records that trace. */
  static String sampled(String traceId) {
    return "00-" + traceId + '-' + CALLER + "-01";
  }

  /** What is sent to targets about a span. */
  static String traceparent(SeenSpan span) {
    return "00-" + span.traceId() + '-' + span.id() + "-01";
  }

  /** The first span of that name. */
  static SeenSpan named(List<SeenSpan> spans, String name) {
    return spans.stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + names(spans)));
  }

  static String names(List<SeenSpan> spans) {
    return String.join(" ", spans.stream().map(SeenSpan::name).toList());
  }

  /** The value of a header field of a request that a peer has read. */
  static String sent(String head, String field) {
    Matcher line = Pattern.compile("\r\n" + field + ": (.*)\r\n").matcher(head);
    assertTrue(line.find(), head);
    return line.group(1);
  }

  @Override
  public void close() {
    sonde.close();
    receiver.close();
  }
}
