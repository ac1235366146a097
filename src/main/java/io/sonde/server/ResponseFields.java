package io.sonde.server;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Header fields of answers, as bytes that are made once. */
public final class ResponseFields {
  /** No field. */
  public static final ResponseFields NONE = new ResponseFields(List.of());

  private final List<Map.Entry<String, String>> fields;
  private final byte[] lines;

  private ResponseFields(List<Map.Entry<String, String>> fields) {
    this.fields = fields;
    StringBuilder text = new StringBuilder();
    fields.forEach(f -> text.append(f.getKey()).append(": ").append(f.getValue()).append("\r\n"));
    this.lines = text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Fields in their order: names and values in turn. The values hold no line breaks. */
  public static ResponseFields of(String... namesAndValues) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new ResponseFields(List.copyOf(fields));
  }

  /** These fields and then {@code others}. */
  public ResponseFields and(ResponseFields others) {
    List<Map.Entry<String, String>> all = new ArrayList<>(fields);
    all.addAll(others.fields);
    return new ResponseFields(List.copyOf(all));
  }

  /** These fields but for those whose names are among {@code others}. */
  ResponseFields without(ResponseFields others) {
    if (fields.stream().noneMatch(others::hasName)) {
      return this;
    }
    return new ResponseFields(fields.stream().filter(field -> !others.hasName(field)).toList());
  }

  private boolean hasName(Map.Entry<String, String> field) {
    return fields.stream().anyMatch(own -> own.getKey().equalsIgnoreCase(field.getKey()));
  }

  /** Adds them as HTTP/2 has them. */
  void addTo(Http2Headers headers) {
    fields.forEach(f -> headers.add(AsciiString.of(f.getKey()).toLowerCase(), f.getValue()));
  }

  /** As HTTP/1 writes them, each with its line's end. */
  byte[] lines() {
    return lines;
  }
}
