package io.sonde.probe.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sonde.config.DnsWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of record is written as blackbox_exporter writes it. */
class RecordTextTest {
  private static final byte[] QUERY =
      HexFormat.of().parseHex("0001010000010000000000000178076578616d706c650000010001");

  /** Types that only questions have, or that nobody ever defined the data of. */
  private static final Set<String> WITHOUT_FORMAT =
      Set.of("None", "ATMA", "UNSPEC", "IXFR", "AXFR", "MAILB", "MAILA", "Reserved");

  record Case(int type, int recordClass, String hex, String text) {
    static Case parse(String line) {
      String[] parts = line.split(" ", 4);
      return new Case(
          Integer.parseInt(parts[0]),
          Integer.parseInt(parts[1]),
          parts[2].equals("-") ? "" : parts[2],
          parts[3]);
    }

    byte[] message() {
      return Messages.answer().add(type, recordClass, 300, hex).to(QUERY);
    }

    @Override
    public String toString() {
      return type + " " + hex;
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream in = RecordTextTest.class.getResourceAsStream("records.txt")) {
      assertNotNull(in);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Case::parse)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRecordReadsAsTheOthersWriteIt(Case item) throws MalformedMessageException {
    if (item.text.equals("malformed")) {
      assertThrows(MalformedMessageException.class, () -> DnsMessage.parse(item.message()));
      return;
    }
    String expected = item.text.substring(1, item.text.length() - 1).translateEscapes();
    assertEquals(expected, DnsMessage.parse(item.message()).answer().get(0).text());
  }

  @Test
  void everyTypeThatHasAFormatIsAmongTheCases() throws IOException {
    Set<Integer> tried =
        cases().stream()
            .filter(item -> !item.text.equals("malformed"))
            .map(Case::type)
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    DnsWords.TYPES.forEach(
        (word, number) -> {
          if (!tried.contains(number) && !WITHOUT_FORMAT.contains(word)) {
            missing.add(word);
          }
        });
    assertEquals(Set.of("TSIG"), missing, "a signature is never looked at");
  }

  @Test
  void aRelayThatNeedsNoDiscoveryHasAGateway() throws MalformedMessageException {
    byte[] message = Messages.answer().add(260, "0a81c0000201").to(QUERY);
    assertEquals(
        "x.example.\t300\tIN\tAMTRELAY\t10 1 1 192.0.2.1",
        DnsMessage.parse(message).answer().get(0).text());
  }

  @Test
  void aLongCertificateIsWrittenInGroups() throws MalformedMessageException {
    byte[] message = Messages.answer().add(53, "030000" + "ab".repeat(600)).to(QUERY);
    String text = DnsMessage.parse(message).answer().get(0).text();
    assertEquals(
        "SMIMEA\t3 0 0 " + "ab".repeat(512) + " " + "ab".repeat(88),
        text.substring(text.indexOf("SMIMEA")));
  }
}
