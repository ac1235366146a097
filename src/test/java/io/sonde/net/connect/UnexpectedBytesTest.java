package io.sonde.net.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class UnexpectedBytesTest {
  @Test
  void aTextIsQuotedInOneLine() {
    assertDescribed("a text that begins with \"220 ready 214 help\"", "220 ready\r\n214\thelp\r\n");
  }

  @Test
  void otherBytesAreShownAsNumbers() {
    assertDescribed("bytes that begin with 00ff (hexadecimal)", "\u0000\u00ff");
  }

  @Test
  void tlsIsKnown() {
    assertDescribed("TLS: is it an https server?", "\u0015\u0003\u0001");
  }

  private static void assertDescribed(String expected, String sent) {
    assertEquals(
        "expected HTTP, got " + expected,
        UnexpectedBytes.describe("HTTP", Unpooled.copiedBuffer(sent, ISO_8859_1)));
  }
}
