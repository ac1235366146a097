package io.sonde.net.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GriefTest {
  @ParameterizedTest
  @CsvSource({
    "false, 3, 0, network unreachable",
    "false, 3, 1, host unreachable",
    "false, 3, 2, protocol unreachable",
    "false, 3, 3, port unreachable",
    "false, 3, 4, 'the packet is too long for the next link, which carries 1400'",
    "false, 3, 13, administratively prohibited",
    "false, 3, 99, 'destination unreachable, code 99'",
    "false, 11, 0, the packet's time to live ended there",
    "false, 11, 1, fragments were missing when the time to put them together was over",
    "false, 12, 0, the packet's header is not understood",
    "true, 1, 0, no route to the destination",
    "true, 1, 1, administratively prohibited",
    "true, 1, 3, address unreachable",
    "true, 1, 4, port unreachable",
    "true, 1, 6, the route to the destination rejects",
    "true, 1, 99, 'destination unreachable, code 99'",
    "true, 2, 0, 'the packet is too long for the next link, which carries 1400'",
    "true, 3, 0, the packet's time to live ended there",
    "true, 4, 1, the packet's header is not understood"
  })
  void errorsAreToldInWords(boolean ip6, int type, int code, String words) {
    assertEquals(words, Grief.of(ip6, type, code, 1_400).words());
  }
}
