package io.sonde.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NameServerCountsTest {
  private final NameServerCounts counts = new NameServerCounts();

  @Test
  void onlyAnswersHaveATime() {
    NameServerCounts.Server server = counts.of("192.0.2.1");
    for (QueryOutcome outcome : QueryOutcome.values()) {
      server.add(outcome, 1_000_000);
      assertEquals(1, server.of(outcome), outcome.label());
    }
    assertEquals(2, Arrays.stream(server.answerTimes().buckets()).sum());
  }

  @Test
  void serversBeyondTheLimitAreCountedTogether() {
    for (int i = 0; i < 2 * NameServerCounts.MOST_SERVERS; i++) {
      counts.of("192.0.2." + i).add(QueryOutcome.TIMEOUT, 1);
    }
    assertEquals(NameServerCounts.MOST_SERVERS + 1, counts.servers().size());
    assertTrue(counts.servers().containsKey("192.0.2.0"));
    assertEquals(
        NameServerCounts.MOST_SERVERS, counts.of(NameServerCounts.OTHERS).of(QueryOutcome.TIMEOUT));
  }
}
