package io.sonde.net.dialogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.Bytes;
import io.sonde.config.Regex;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Go's Regexp.Expand makes of the same texts. */
class TemplateTest {
  private static final Regex SSH = Regex.compile("^SSH-2.0-([^ -]+)(?: (?P<comments>.*))?$");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${1}            | OpenSSH_9.2",
        "$1              | OpenSSH_9.2",
        "$0              | SSH-2.0-OpenSSH_9.2 Debian-2",
        "$comments       | Debian-2",
        "${comments}     | Debian-2",
        "$1x             | ''",
        "${1}x           | OpenSSH_9.2x",
        "$1_             | ''",
        "$1-$1           | OpenSSH_9.2-OpenSSH_9.2",
        "$comments.      | Debian-2.",
        "$2              | Debian-2",
        "$3              | ''",
        "$01             | ''",
        "${01}           | ''",
        "$99999999       | ''",
        "$1234567890123  | ''",
        "$nobody         | ''",
        "$$1             | $1",
        "$$              | $",
        "$$$1            | $OpenSSH_9.2",
        "$               | $",
        "a$              | a$",
        "$ 1             | $ 1",
        "$-              | $-",
        "${}             | ${}",
        "${1             | ${1",
        "${1 }           | ${1 }",
        "${comments$1    | ${commentsOpenSSH_9.2",
        "${              | ${",
        "$}              | $}",
        "$é              | ''",
        "$1é             | ''",
        "${1}é           | OpenSSH_9.2é",
        "$²              | $²",
        "$٣              | ''",
        "no reference    | no reference"
      })
  void aReferenceStandsForWhatItsGroupMatched(String template, String expected) {
    assertEquals(expected.equals("''") ? "" : expected, expanded(template));
  }

  @Test
  void aGroupThatTookNoPartIsEmpty() {
    assertEquals("[]", expand("[${2}${comments}]", SSH, "SSH-2.0-dropbear"));
  }

  @Test
  void ofGroupsWithOneNameTheFirstThatTookPartCounts() {
    Regex twice = Regex.compile("(?:a(?P<n>.)|b(?P<n>.))c");
    assertEquals("1", expand("$n", twice, "a1c"));
    assertEquals("2", expand("$n", twice, "b2c"));
    assertEquals("|2", expand("$1|$2", twice, "b2c"));
  }

  @Test
  void aLiteralStaysAsItIs() {
    Template literal = Template.literal(Bytes.of("$1 ${x} $$"));
    assertEquals("$1 ${x} $$", text(literal.expand(new byte[0], new int[0])));
    assertEquals("", text(Template.literal(Bytes.EMPTY).expand(new byte[0], new int[0])));
  }

  @Test
  void bytesThatAreNoTextStayWhatTheyAre() {
    byte[] template = {(byte) 0xff, '$', '1', (byte) 0xfe, '$', (byte) 0xc3, '$', '{', '1', '}'};
    Regex regex = Regex.compile("x(.+)z");
    byte[] line = {'a', 'x', (byte) 0x80, (byte) 0xc3, 'z'};
    byte[] expanded =
        Template.compile(Bytes.of(template), regex)
            .expand(line, Objects.requireNonNull(regex.locate(line)));
    assertArrayEquals(
        new byte[] {
          (byte) 0xff,
          (byte) 0x80,
          (byte) 0xc3,
          (byte) 0xfe,
          '$',
          (byte) 0xc3,
          (byte) 0x80,
          (byte) 0xc3
        },
        expanded);
  }

  @Test
  void offsetsAreThoseOfBytesWhateverTheBytesAre() {
    assertEquals("ö", expand("$1", Regex.compile("ä(.)ü"), "xäöü"));
    byte[] line = "\u00ff ä\ud83d\ude00 tail".getBytes(StandardCharsets.UTF_8);
    line[0] = (byte) 0xfe;
    Regex regex = Regex.compile("ä(.) (tail)");
    int[] offsets = Objects.requireNonNull(regex.locate(line));
    assertEquals(
        "\ud83d\ude00/tail",
        text(Template.compile(Bytes.of("$1/$2"), regex).expand(line, offsets)));
  }

  private static String expanded(String template) {
    return expand(template, SSH, "SSH-2.0-OpenSSH_9.2 Debian-2");
  }

  private static String expand(String template, Regex regex, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    int[] offsets = Objects.requireNonNull(regex.locate(bytes), "expected a match");
    return text(Template.compile(Bytes.of(template), regex).expand(bytes, offsets));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
