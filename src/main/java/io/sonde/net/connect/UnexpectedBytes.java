package io.sonde.net.connect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.sonde.config.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Says what a peer sent that does not speak the protocol it should. */
public final class UnexpectedBytes {
  private static final int SHOWN_BYTES = 32;
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n\\t]+");

  private UnexpectedBytes() {}

  /** A sentence about how {@code bytes} begin, where {@code protocol} was expected. */
  public static String describe(String protocol, ByteBuf bytes) {
    int start = bytes.readerIndex();
    int first = bytes.getUnsignedByte(start);
    if ((first == 0x15 || first == 0x16)
        && bytes.readableBytes() > 1
        && bytes.getByte(start + 1) == 3) {
      return "expected " + protocol + ", got TLS: is it an https server?";
    }
    int shown = Math.min(SHOWN_BYTES, bytes.readableBytes());
    for (int i = 0; i < shown; i++) {
      byte b = bytes.getByte(start + i);
      if ((b < ' ' && b != '\r' && b != '\n' && b != '\t') || b == 0x7f) {
        return "expected "
            + protocol
            + ", got bytes that begin with "
            + ByteBufUtil.hexDump(bytes, start, shown)
            + " (hexadecimal)";
      }
    }
    String text = bytes.toString(start, shown, StandardCharsets.US_ASCII).strip();
    String line = LINE_BREAKS.matcher(text).replaceAll(" ");
    String cut = shown == SHOWN_BYTES ? Redaction.CUT + bytes.readableBytes() + " bytes)" : "";
    return "expected " + protocol + ", got a text that begins with \"" + line + '"' + cut;
  }
}
