package io.sonde.net.dialogue;

import io.sonde.config.Bytes;
import io.sonde.config.Regex;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Texts with references to anything, and lines of anything that they are filled in from. */
public final class TemplateFuzz {
  private static final Regex REGEX =
      Regex.compile("(?s)(?P<first>.)(?:(x)|(?P<rest>y*))(?P<last>.*)$");

  private TemplateFuzz() {}

  /** The first byte says where the line ends and the template begins. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 3) {
      return;
    }
    int cut = 2 + Math.floorMod((int) data[0], data.length - 2);
    byte[] line = Arrays.copyOfRange(data, 1, cut);
    byte[] template = Arrays.copyOfRange(data, cut, data.length);
    int[] offsets = Objects.requireNonNull(REGEX.locate(line), "any line matches");
    if (offsets[0] != 0 || offsets[1] != line.length) {
      throw new AssertionError("expected the whole line, got " + Arrays.toString(offsets));
    }
    Template.compile(Bytes.of(template), REGEX).expand(line, offsets);
    same(template, Template.literal(Bytes.of(template)).expand(line, offsets));
    same(template, Template.compile(Bytes.of(doubled(template)), REGEX).expand(line, offsets));
    byte[] whole = "$0".getBytes(StandardCharsets.US_ASCII);
    same(line, Template.compile(Bytes.of(whole), REGEX).expand(line, offsets));
  }

  private static byte[] doubled(byte[] template) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte b : template) {
      text.write(b);
      if (b == '$') {
        text.write(b);
      }
    }
    return text.toByteArray();
  }

  private static void same(byte[] expected, byte[] got) {
    if (!Arrays.equals(expected, got)) {
      throw new AssertionError(
          "expected " + Arrays.toString(expected) + ", got " + Arrays.toString(got));
    }
  }
}
