package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http3.Http3Exception;
import io.sonde.testkit.Http3Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QpackLinesTest {
  /** Each way to write a line, with numbers of one byte and of more. */
  private static final byte[][] LINES = {
    {(byte) 0xd9},
    {(byte) 0xff, 0},
    {(byte) 0xff, (byte) 0x80, 0},
    {0x51, 2, 'a', 'b'},
    {0x5f, 3, (byte) 0x81, 'a'},
    {0x21, 'n', 0},
    {0x29, 'n', 1, 'v'},
    {0x10},
    {0x1f, 1},
    {0x02, 0},
    {0x07, 1, 1, 'v'}
  };

  @Test
  void everyWayToWriteALineIsOneLine() throws Http3Exception {
    for (byte[] line : LINES) {
      byte[] section = repeated(line, HeaderMemory.MAX_LINES);
      follow(section, section.length);
      byte[] more = repeated(line, HeaderMemory.MAX_LINES + 1);
      assertThrows(
          HeaderLimitException.class, () -> follow(more, more.length), () -> Arrays.toString(line));
    }
  }

  @Test
  void piecesMayBeOfAnySize() throws Http3Exception {
    byte[] section = Http3Bytes.section("a", "b".repeat(300), "c".repeat(200), "");
    for (int size = 1; size <= section.length; size++) {
      follow(section, size);
    }
  }

  @Test
  void aSectionThatEndsAmidALineIsBroken() {
    for (byte[] line : LINES) {
      byte[] whole = repeated(line, 1);
      for (int length = 1; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        if (length != 2) {
          assertThrows(Http3Exception.class, () -> follow(part, 1), () -> Arrays.toString(part));
        }
      }
    }
  }

  private static byte[] repeated(byte[] line, int times) {
    byte[] section = new byte[2 + line.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(line, 0, section, 2 + i * line.length, line.length);
    }
    return section;
  }

  private static void follow(byte[] section, int pieceBytes) throws Http3Exception {
    QpackLines lines = new QpackLines(new HeaderMemory(Long.MAX_VALUE).share(close -> {}));
    lines.begin(section.length);
    ByteBuf bytes = Unpooled.wrappedBuffer(section);
    for (int at = 0; at < section.length; at += pieceBytes) {
      lines.follow(bytes, at, Math.min(section.length, at + pieceBytes));
    }
  }
}
