package io.sonde.net.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EchoPacketTest {
  @Test
  void aRequestIsTypeCodeChecksumIdSequenceAndPayload() {
    byte[] payload = "abcde".getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        "0800" + "bc05" + "1234" + "fffe" + "6162636465",
        HexFormat.of().formatHex(Packets.request(false, 0x1234, 0xfffe, payload)));
  }

  @Test
  void withIp6TheChecksumIsLeftToTheKernel() {
    assertEquals(
        "8000" + "0000" + "1234" + "0000",
        HexFormat.of().formatHex(Packets.request(true, 0x1234, 0, new byte[0])));
  }

  /** The example of RFC 1071, section 3. */
  @Test
  void theChecksumIsThatOfTheInternet() {
    ByteBuf example = Unpooled.wrappedBuffer(HexFormat.of().parseHex("0001f203f4f5f6f7"));
    assertEquals(~0xddf2 & 0xffff, EchoPacket.checksum(example, 0, 8));
  }

  @Test
  void whatHoldsItsOwnChecksumSumsToNothing() {
    for (int length : new int[] {0, 1, 2, 27, 28, 65_507}) {
      byte[] payload = new byte[length];
      Arrays.fill(payload, (byte) 0xff);
      byte[] request = Packets.request(false, 0xffff, 0xffff, payload);
      assertEquals(0, EchoPacket.checksum(Unpooled.wrappedBuffer(request), 0, request.length));
    }
  }
}
