package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.testkit.Results;
import io.sonde.view.Advice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TallyTest {
  @Test
  void aSeriesIsSummedUp() {
    Tally tally = new Tally();
    for (int i = 0; i < 200; i++) {
      tally.add(Results.passed());
    }
    tally.add(Results.expired());
    assertEquals(
        """

        web  t
          201 probes, 200 passed, 1 failed (0.5 %)
              1  tls/cert_expired
          passed in: min 100 ms, median 100 ms, p95 100 ms, max 100 ms
        """,
        new SeriesText(Terminal.plain().screen()).summary("web", "t", tally));
    assertEquals(
        """
        {"summary":{"module":"web","target":"t","count":201,"passed":200,"failed":1,\
        "failures":[{"phase":"tls","reason":"cert_expired","count":1}],\
        "passed_duration_seconds":{"min":0.1,"median":0.1,"p95":0.1,"max":0.1}}}
        """,
        SeriesJson.line("web", "t", tally));
  }

  @Test
  void aSeriesWithoutASuccessHasNoTimes() {
    Tally tally = new Tally();
    tally.add(Results.expired());
    String line = SeriesJson.line("web", "t", tally);
    assertEquals(true, line.endsWith("\"passed_duration_seconds\":null}}\n"), line);
  }

  @Test
  void aProbeIsALine() {
    SeriesText text = new SeriesText(Terminal.plain().screen());
    ProbeResult passed = Results.passed();
    assertEquals(
        "    1  12:00:00.250  passed    100 ms  resolve 5.00  connect 10.00  processing 80.00"
            + "  transfer 5.00\n",
        text.progress(1, passed));
    assertEquals(
        "    2  12:00:00.250  FAILED   40.0 ms  tls/cert_expired  certificate expired 3 days ago\n",
        text.progress(2, Results.expired()));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonHasWordsAndAdvice(Reason reason) {
    for (Phase phase : Phase.values()) {
      Advice advice = Advice.on(new Failure(phase, reason, ""), Results.passed().request());
      assertEquals(false, advice.words().isEmpty() || advice.next().isEmpty());
    }
  }
}
