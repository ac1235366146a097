package io.sonde.net.dialogue;

import io.sonde.config.Redaction;
import java.nio.charset.StandardCharsets;

/** What a peer sent, in one short line for people. */
public final class Shown {
  private static final int MOST_BYTES = 120;
  private static final int MOST_OF_TEXT_BYTES = 200;
  private static final String HEX = "0123456789abcdef";

  private Shown() {}

  /** Printable ASCII as it is, other bytes in hexadecimal, in quotes; cut if it is long. */
  public static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < Math.min(bytes.length, MOST_BYTES); i++) {
      int b = bytes[i] & 0xff;
      if (b == '"' || b == '\\') {
        text.append('\\').append((char) b);
      } else if (b >= ' ' && b <= '~') {
        text.append((char) b);
      } else {
        text.append("\\x").append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xf));
      }
    }
    text.append('"');
    return bytes.length > MOST_BYTES
        ? text + Redaction.CUT + bytes.length + " bytes)"
        : text.toString();
  }

  /** What is taken for UTF-8, as it is; cut if it is long. */
  public static String text(byte[] bytes) {
    String text =
        new String(bytes, 0, Math.min(bytes.length, MOST_OF_TEXT_BYTES), StandardCharsets.UTF_8);
    return bytes.length > MOST_OF_TEXT_BYTES
        ? text + Redaction.CUT + bytes.length + " bytes)"
        : text;
  }
}
