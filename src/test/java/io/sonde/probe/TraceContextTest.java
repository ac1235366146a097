package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String PARENT = "00-" + TRACE + '-' + SPAN + "-01";

  private static TraceContext received(String traceparent, String tracestate) {
    return Objects.requireNonNull(TraceContext.received(traceparent, tracestate));
  }

  @Test
  void whatIsNotRecordedIsPassedOnAsItCame() {
    TraceContext trace = received(PARENT, "a=1,b@c=2");
    assertEquals(PARENT, trace.traceparent(0));
    assertEquals(PARENT, trace.traceparent(3));
    assertEquals("a=1,b@c=2", trace.state());
  }

  @Test
  void everyRequestOfARecordedProbeHasASpanOfItsOwn() {
    TraceContext trace = received(PARENT, "a=1").decided(true);
    assertEquals(TRACE, trace.traceId());
    assertEquals(SPAN, trace.parentId());
    assertEquals("00-" + TRACE + '-' + trace.childId(0) + "-01", trace.traceparent(0));
    Set<String> ids =
        IntStream.range(0, 2_000).mapToObj(trace::childId).collect(Collectors.toSet());
    assertEquals(2_000, ids.size());
    assertTrue(ids.stream().allMatch(id -> id.matches("[0-9a-f]{16}")));
    assertTrue(!ids.contains(trace.spanId()) && !ids.contains(SPAN));
  }

  @Test
  void whatTheSamplerRefusesIsPassedOnAsNotSampled() {
    TraceContext trace = received(PARENT, "").decided(false);
    assertNotEquals(SPAN, trace.spanId());
    assertEquals("00-" + TRACE + '-' + trace.spanId() + "-00", trace.traceparent(1));
  }

  @Test
  void aTraceThatNobodyRecordsIsNotSampled() {
    TraceContext trace = TraceContext.begun();
    assertNull(trace.parentId());
    assertTrue(trace.traceparent(0).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00"));
    assertNotEquals(trace.traceId(), TraceContext.begun().traceId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cc-" + TRACE + '-' + SPAN + "-01",
        "cc-" + TRACE + '-' + SPAN + "-01-what the future brings",
        "00-" + TRACE + '-' + SPAN + "-03"
      })
  void laterVersionsAndFlagsAreReadAsFarAsTheyAreKnown(String traceparent) {
    assertEquals(PARENT, received(traceparent, "").traceparent(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-" + TRACE + '-' + SPAN + "-01",
        "00-" + TRACE + '-' + SPAN + "-01-more",
        "cc-" + TRACE + '-' + SPAN + "-01.more",
        "00-" + TRACE + '-' + SPAN + "-0",
        "00-" + TRACE + '-' + SPAN + "-0g",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
        "00_" + TRACE + '-' + SPAN + "-01",
        "00-" + TRACE + '_' + SPAN + "-01",
        "00-" + TRACE + '-' + SPAN + "_01",
        " " + PARENT
      })
  void whatIsNoTraceparentIsIgnored(String text) {
    assertNull(TraceContext.received(text, "a=1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "a", "a=", "A=1", "a=1\r\nx: y", "a=\u00e9", "a=b=c", "a=1,b", "\0"})
  void aStateThatIsNoneIsLeftOut(String state) {
    assertEquals("", received(PARENT, state).state());
  }

  @Test
  void aStateBeyondTheLimitsIsLeftOut() {
    String members =
        IntStream.range(0, 33).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
    assertEquals("", received(PARENT, members).state());
    assertEquals("", received(PARENT, "a=" + "v".repeat(511)).state());
    assertNotNull(TraceContext.received(PARENT, null));
  }
}
