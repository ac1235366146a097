package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceKeysTest {
  @Test
  void aModuleHandsNoTracesOnUnlessItSaysSo() {
    assertFalse(ConfigFiles.only(ConfigFiles.load("modules: {a: {prober: http}}")).traceContext());
    ModuleConfig told =
        ConfigFiles.only(ConfigFiles.load("modules: {a: {prober: http, trace_context: true}}"));
    assertTrue(told.traceContext());
    assertTrue(ConfigPrinter.print(told).contains("trace_context: true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prober: http, http: {headers: {TraceParent: x}}",
        "prober: http, http: {http_headers: {traceparent: {values: [x]}}}",
        "prober: grpc, grpc: {metadata: {traceparent: [x]}}",
        "prober: websocket, websocket: {headers: {Traceparent: x}}",
        "prober: websocket, websocket: {http_config: {http_headers: {traceparent: x}}}"
      })
  void aHeaderOfThatNameExcludesIt(String module) {
    String text = "modules: {a: {" + module + ", trace_context: true}}";
    String failure = ConfigFiles.failureOf(text);
    assertTrue(
        failure.contains("trace_context and a header traceparent exclude each other"), failure);
    ConfigFiles.load(text.replace("true", "false"));
  }

  @Test
  void aProberThatCannotIsToldOf() {
    List<Problem> warnings =
        ConfigFiles.warningsOf("modules: {a: {prober: tcp, trace_context: true}}");
    assertEquals(1, warnings.size());
    assertEquals("trace_context has no effect on prober tcp", warnings.get(0).message());
  }
}
