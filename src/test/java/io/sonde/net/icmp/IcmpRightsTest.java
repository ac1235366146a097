package io.sonde.net.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcmpRightsTest {
  @ParameterizedTest
  @CsvSource({
    "1 0, 1000, '', 0000000000000000, no",
    "1 0, 0, '', 000001ffffffffff, raw",
    "1 0, 1000, '', 0000000000002000, raw",
    "0 2147483647, 1000, '', 0000000000000000, dgram",
    "0 0, 1000, '27 0', 0000000000000000, dgram",
    "0 0, 1000, '27 1000', 0000000000000000, no",
    "0 2147483647, 0, '', 000001ffffffffff, dgram",
  })
  void groupAndCapabilitiesDecide(
      String range, int group, String groups, String capabilities, String kind) {
    String status =
        String.format(
            "Name:\tjava\nGid:\t7\t%d\t7\t7\nGroups:\t%s \nCapPrm:\t0\nCapEff:\t%s\n",
            group, groups, capabilities);
    assertEquals(kind, IcmpRights.of(status, range.replace(' ', '\t') + "\n"));
  }
}
