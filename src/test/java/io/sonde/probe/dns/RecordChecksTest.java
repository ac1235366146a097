package io.sonde.probe.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.RecordValidator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordChecksTest {
  private static final List<String> OFF = List.of();

  @Test
  void aRecordThatMatchesWhatIsUnwantedFails() {
    RecordValidator validator = new RecordValidator(List.of("z", "two"), OFF, OFF, OFF);
    assertEquals("a record matches two: two", judge(validator, "one", "two"));
    assertEquals(null, judge(validator, "one"));
    assertEquals(null, judge(validator));
  }

  @Test
  void everyRecordMustMatchEverythingThatIsWantedInEach() {
    RecordValidator validator = new RecordValidator(OFF, OFF, List.of("o", "n"), OFF);
    assertEquals("a record does not match n: two", judge(validator, "one", "two"));
    assertEquals(null, judge(validator, "one", "none"));
    assertEquals("there are no records to match [o, n]", judge(validator));
  }

  @Test
  void oneRecordMustMatchOneOfWhatIsWantedInOne() {
    RecordValidator validator = new RecordValidator(OFF, OFF, OFF, List.of("one", "three"));
    assertEquals("no record matches [one, three]", judge(validator, "two", "four"));
    assertEquals(null, judge(validator, "two", "three"));
    assertEquals("there are no records to match [one, three]", judge(validator));
  }

  @Test
  void despiteItsNameFailIfAllMatchWantsAllToMatch() {
    RecordValidator validator = new RecordValidator(OFF, List.of("o", "n"), OFF, OFF);
    assertEquals("not every record matches [o, n]", judge(validator, "one", "two"));
    assertEquals(null, judge(validator, "one", "none"));
    assertEquals(null, judge(validator));
  }

  @Test
  void anExpressionThatIsNoneFailsOnceThereIsARecord() {
    RecordValidator validator = new RecordValidator(OFF, List.of("("), OFF, OFF);
    assertEquals(null, judge(validator));
    assertEquals(
        "cannot compile the regular expression (: error parsing regexp: missing closing ): `(`",
        judge(validator, "one"));
  }

  @Test
  void anExpressionThatIsNoneWantsRecordsLikeAnyOther() {
    RecordValidator each = new RecordValidator(OFF, OFF, List.of("("), OFF);
    assertEquals("there are no records to match [(]", judge(each));
    RecordValidator one = new RecordValidator(OFF, OFF, OFF, List.of("("));
    assertEquals("there are no records to match [(]", judge(one));
  }

  private static @Nullable String judge(RecordValidator validator, String... records) {
    List<DnsRecord> all =
        List.of(records).stream().map(text -> new DnsRecord(1, 300, 0, text)).toList();
    return new RecordChecks(validator).judge(all);
  }
}
