package io.sonde.testkit;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as it was received.
 *
 * @param id in hexadecimal, as the other ids
 * @param parentId empty if there is none
 * @param error empty if its status is not that of an error
 * @param attributes in words, whatever their type
 * @param resource of whoever sent it, likewise
 */
public record SeenSpan(
    String name,
    String traceId,
    String id,
    String parentId,
    String state,
    Span.SpanKind kind,
    long startNanos,
    long endNanos,
    String error,
    Map<String, String> attributes,
    Map<String, String> resource) {

  static List<SeenSpan> all(ResourceSpans sent) {
    Map<String, String> resource = words(sent.getResource().getAttributesList());
    return sent.getScopeSpansList().stream()
        .flatMap(scope -> scope.getSpansList().stream())
        .map(span -> of(span, resource))
        .toList();
  }

  private static SeenSpan of(Span span, Map<String, String> resource) {
    boolean failed = span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
    return new SeenSpan(
        span.getName(),
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getTraceState(),
        span.getKind(),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        failed ? span.getStatus().getMessage() : "",
        words(span.getAttributesList()),
        resource);
  }

  /** The value of an attribute; empty if there is none. */
  public String attribute(String key) {
    return attributes.getOrDefault(key, "");
  }

  private static Map<String, String> words(List<KeyValue> pairs) {
    Map<String, String> words = new TreeMap<>();
    for (KeyValue pair : pairs) {
      AnyValue value = pair.getValue();
      words.put(
          pair.getKey(),
          value.hasIntValue() ? String.valueOf(value.getIntValue()) : value.getStringValue());
    }
    return words;
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
