package io.sonde.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpSettingsTest {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  private static OtlpSettings settings(Map<String, String> others) {
    Map<String, String> variables = new HashMap<>(Map.of(ENDPOINT, "http://collector:1"));
    variables.putAll(others);
    return Objects.requireNonNull(OtlpSettings.of(new Environment(variables)));
  }

  private static boolean areWanted(Map<String, String> variables) {
    return OtlpSettings.of(new Environment(variables)) != null;
  }

  @Test
  void thereAreNoTracesUnlessSomebodyAsksForThem() {
    assertFalse(areWanted(Map.of()));
    assertFalse(areWanted(Map.of(ENDPOINT, " ")));
    assertFalse(areWanted(Map.of("OTEL_SERVICE_NAME", "x")));
    assertFalse(areWanted(Map.of(ENDPOINT, "http://c:1", "OTEL_SDK_DISABLED", "TRUE")));
    assertFalse(areWanted(Map.of(ENDPOINT, "http://c:1", "OTEL_TRACES_EXPORTER", "none")));
    assertTrue(areWanted(Map.of("OTEL_TRACES_EXPORTER", "console, otlp")));
  }

  @Test
  void anEndpointForAllSignalsGetsThePathOfTraces() {
    assertEquals("http://collector:1/v1/traces", settings(Map.of()).endpoint().toString());
    assertEquals(
        "http://a/b/v1/traces", settings(Map.of(ENDPOINT, "http://a/b/")).endpoint().toString());
    assertEquals(
        "https://a/b",
        settings(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://a/b"))
            .endpoint()
            .toString());
    OtlpSettings local = OtlpSettings.of(new Environment(Map.of("OTEL_TRACES_EXPORTER", "otlp")));
    assertEquals(
        "http://localhost:4318/v1/traces", Objects.requireNonNull(local).endpoint().toString());
  }

  @Test
  void whatIsNotSetIsAsTheSpecificationSays() {
    OtlpSettings settings = settings(Map.of());
    assertEquals(Map.of("service.name", "sonde"), settings.resource());
    assertEquals("parentbased_always_on", settings.sampler());
    assertEquals("none", settings.compression());
    assertEquals(10_000, settings.timeout().toMillis());
    assertEquals(5_000, settings.batches().delay().toMillis());
    assertEquals(30_000, settings.batches().timeout().toMillis());
    assertEquals(2_048, settings.batches().maxQueue());
    assertEquals(512, settings.batches().maxBatch());
    assertNull(settings.files().certificates());
  }

  @Test
  void whatIsAboutTracesGoesFirst() {
    OtlpSettings settings =
        settings(
            Map.of(
                "OTEL_EXPORTER_OTLP_TIMEOUT", "1",
                "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2",
                "OTEL_EXPORTER_OTLP_HEADERS", "a=1",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "b=x%20y%2C+z,c = 3",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"));
    assertEquals(2, settings.timeout().toMillis());
    assertEquals(Map.of("b", "x y,+z", "c", "3"), settings.headers());
    assertEquals("gzip", settings.compression());
  }

  @Test
  void aServiceNameGoesBeforeTheAttributes() {
    String attributes = "OTEL_RESOURCE_ATTRIBUTES";
    assertEquals(
        Map.of("service.name", "b", "zone", "1"),
        settings(Map.of(attributes, "service.name=a,zone=1", "OTEL_SERVICE_NAME", "b")).resource());
    assertEquals(
        Map.of("service.name", "a"), settings(Map.of(attributes, "service.name=a")).resource());
  }

  @Test
  void aBatchIsNoLargerThanTheQueue() {
    assertEquals(7, settings(Map.of("OTEL_BSP_MAX_QUEUE_SIZE", "7")).batches().maxBatch());
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_PROTOCOL, grpc, http/protobuf",
    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, http/json, http/protobuf",
    "OTEL_TRACES_EXPORTER, zipkin, otlp or none",
    "OTEL_TRACES_SAMPLER, sometimes, parentbased_traceidratio",
    "OTEL_TRACES_SAMPLER_ARG, 2, a number from 0 to 1",
    "OTEL_TRACES_SAMPLER_ARG, half, a number from 0 to 1",
    "OTEL_EXPORTER_OTLP_TIMEOUT, 10s, a whole number from 1",
    "OTEL_BSP_MAX_QUEUE_SIZE, 0, a whole number from 1",
    "OTEL_EXPORTER_OTLP_COMPRESSION, zstd, gzip or none",
    "OTEL_RESOURCE_ATTRIBUTES, lonely, name=value",
    "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4318, http://"
  })
  void whatCannotBeIsSaidWithItsVariable(String name, String value, String expected) {
    String message = refusal(name, value);
    assertTrue(message.startsWith(name + ": ") && message.contains(expected), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=PLANTED%0d%0ax", "b%2", "x=%zzPLANTED", "bad name=PLANTED"})
  void headersThatCannotBeSentAreRefusedWithoutTheirValue(String headers) {
    String message = refusal("OTEL_EXPORTER_OTLP_HEADERS", headers);
    assertFalse(message.contains("PLANTED"), message);
  }

  private static String refusal(String name, String value) {
    Map<String, String> variables = Map.of(name, value);
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> settings(variables)).getMessage());
  }

  @Test
  void secretsAreNotShown() {
    OtlpSettings settings =
        settings(
            Map.of(
                ENDPOINT,
                "http://joe:PLANTED@collector:1",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "authorization=Bearer PLANTED-token"));
    assertEquals("http://joe:<secret>@collector:1/v1/traces", settings.toString());
    assertEquals("got <secret>", settings.secrets().hide("got PLANTED-token"));
  }
}
