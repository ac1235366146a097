package io.sonde.probe.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsMessageTest {
  private static final String QUESTION = "0178076578616d706c650000010001";
  private static final byte[] QUERY = bytes("00010100000100000000" + "0000" + QUESTION);
  private static final int OPT = 41;

  @Test
  void aHeaderAloneIsAnAnswer() throws MalformedMessageException {
    DnsMessage message = DnsMessage.parse(bytes("abcd 8183 0001 0001 0000 0000"));
    assertEquals(0xabcd, message.id());
    assertEquals(3, message.rcode());
    assertTrue(message.answer().isEmpty());
  }

  @Test
  void recordsThatAreOnlyClaimedAreNotMissed() throws MalformedMessageException {
    byte[] message = Messages.answer().add(1, "c0000201").claiming(7).to(QUERY);
    assertEquals(1, DnsMessage.parse(message).answer().size());
  }

  @Test
  void bytesAfterTheLastRecordAreIgnored() throws MalformedMessageException {
    byte[] message = Messages.answer().add(1, "c0000201").to(QUERY);
    byte[] longer = Arrays.copyOf(message, message.length + 30);
    assertEquals(1, DnsMessage.parse(longer).answer().size());
  }

  @Test
  void sectionsAreToldApart() throws MalformedMessageException {
    byte[] bytes =
        Messages.answer()
            .add(1, "c0000201")
            .then()
            .add(1, "c0000202")
            .add(1, "c0000203")
            .then()
            .add(1, "c0000204")
            .to(QUERY);
    DnsMessage message = DnsMessage.parse(bytes);
    assertEquals(1, message.answer().size());
    assertEquals(2, message.authority().size());
    assertEquals("x.example.\t300\tIN\tA\t192.0.2.4", message.additional().get(0).text());
  }

  @Test
  void theUpperBitsOfTheResponseCodeCount() throws MalformedMessageException {
    byte[] message = Messages.answer().rcode(1).then().then().add(OPT, 512, 1 << 24, "").to(QUERY);
    assertEquals(17, DnsMessage.parse(message).rcode());
  }

  @Test
  void theSerialIsThatOfTheLastZone() throws MalformedMessageException {
    String numbers = "00000002000000030000000400000005";
    byte[] message =
        Messages.answer()
            .add(6, "00" + "03612062" + "00" + "fffffffe" + numbers)
            .add(6, "00" + "03612062" + "00" + "fffffffd" + numbers)
            .add(1, "c0000201")
            .to(QUERY);
    assertEquals(4_294_967_293L, DnsMessage.parse(message).serial());
    assertEquals(0, DnsMessage.parse(Messages.answer().add(1, "c0000201").to(QUERY)).serial());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0001810000010000000000",
        // A name that points at itself, past the end, at a label of an unknown kind; one too long.
        "000181000001000000000000" + "c00c00010001",
        "000181000001000000000000" + "c0ff00010001",
        "000181000001000000000000" + "400000010001",
        "000181000001000000000000" + "0561",
        // Records that end in the head, or claim more data than there is.
        "000181000000000100000000" + "00",
        "000181000000000100000000" + "0000010001000000",
        "000181000000000100000000" + "00000100010000012c0005c0000201",
        // A signature.
        "000181000000000000000001" + "0000fa00ff00000000000101",
      })
  void whatIsNoMessageIsRefused(String hex) {
    assertThrows(MalformedMessageException.class, () -> DnsMessage.parse(bytes(hex)));
  }

  @Test
  void aNameOf255BytesIsTheLongest() throws MalformedMessageException {
    String label = "3f" + "61".repeat(63);
    String name = label.repeat(3) + "3d" + "61".repeat(61) + "00";
    String rest = "00010001";
    DnsMessage.parse(bytes("000181000001000000000000" + name + rest));
    String longer = label.repeat(3) + "3e" + "61".repeat(62) + "00";
    assertThrows(
        MalformedMessageException.class,
        () -> DnsMessage.parse(bytes("000181000001000000000000" + longer + rest)));
  }

  @Test
  void whateverTheBytesTheyAreAMessageOrMalformed() {
    Random random = new Random(20_261_121);
    byte[] seed =
        Messages.answer()
            .add(65, "0001000001000602683202683300030002" + "01bb")
            .add(47, "c00c0006400000000003")
            .add(50, "0100000102aabb0501020304050006400000000003")
            .then()
            .add(6, "c00cc00c0000000100000002000000030000000400000005")
            .then()
            .add(OPT, 1232, 0, "00080007000118" + "00c00002")
            .to(QUERY);
    int messages = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(seed, 1 + random.nextInt(seed.length));
      for (int change = random.nextInt(6); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        DnsMessage.parse(bytes);
        messages++;
      } catch (MalformedMessageException ignored) {
        // As good an end as any.
      }
    }
    assertTrue(messages > 100, "expected some of them to be read, got " + messages);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
