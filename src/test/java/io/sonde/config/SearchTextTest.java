package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Large bytes as texts to be searched. */
class SearchTextTest {
  private static final int LARGE = 100_000;
  private static final String[] PARTS = {"a", "\u00fc", "\u6f22", "\ud83d\ude00", "\n"};

  @Test
  void anyBytesAreTheTextThatTheyAreDecodedTo() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = mixed(random, i % 40);
      String decoded = Utf8.decode(bytes);
      SearchText text = new SearchText(bytes, () -> false);
      assertEquals(decoded.length(), text.length());
      for (int k = 0; k < 3 * decoded.length(); k++) {
        int index = random.nextInt(decoded.length());
        assertEquals(decoded.charAt(index), text.charAt(index));
      }
      for (int index = decoded.length() - 1; index >= 0; index--) {
        assertEquals(decoded.charAt(index), text.charAt(index));
      }
    }
  }

  @Test
  void aMatchIsToldByItsPlaceInTheBytes() {
    for (String before : new String[] {"", "x", "\u00fc\u6f22", "\ud83d\ude00\ud83d\ude00"}) {
      for (int count : new int[] {1, LARGE}) {
        byte[] prefix = before.repeat(count).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = concat(prefix, new byte[] {(byte) 0xff, 'e', 'n', 'd', (byte) 0xe2});
        int at = prefix.length + 1;
        int[] offsets = {at, at + 4, at + 3, at + 4};
        assertArrayEquals(offsets, Regex.compile("end(.)").locate(bytes));
      }
    }
  }

  @Test
  void whatFollowsAnyCharacterIsNoBeginning() {
    for (String before : new String[] {"u", "\u00fc", "\ud83d\ude00", "\u00fc".repeat(LARGE)}) {
      byte[] bytes = (before + "foo").getBytes(StandardCharsets.UTF_8);
      for (String source : new String[] {"(?m)^foo", "x|^foo", "\\Afoo|zz"}) {
        assertFalse(Regex.compile(source).find(bytes), source);
        assertEquals(null, Regex.compile(source).locate(bytes), source);
      }
      assertTrue(Regex.compile("foo$").find(bytes));
    }
  }

  @Test
  void aSearchThatNobodyWaitsForEndsSoon() {
    byte[] large = new byte[1 << 20];
    Arrays.fill(large, (byte) 'x');
    Regex regex = Regex.compile("(x+x+)+y");
    AtomicInteger questions = new AtomicInteger();
    assertThrows(
        CancellationException.class,
        () -> regex.find(large, () -> questions.incrementAndGet() == 3));
    assertEquals(3, questions.get());
    assertThrows(CancellationException.class, () -> regex.locate(large, () -> true));
    assertFalse(regex.find(Arrays.copyOf(large, 100_000), () -> false));
  }

  private static byte[] mixed(Random random, int parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < parts; i++) {
      if (random.nextBoolean()) {
        bytes.writeBytes(PARTS[random.nextInt(PARTS.length)].getBytes(StandardCharsets.UTF_8));
      } else {
        bytes.write(0x80 + random.nextInt(0x80));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
