package io.sonde.net.dialogue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines of a peer that says anything, in pieces of any size. */
public final class LinesFuzz {
  private LinesFuzz() {}

  /** The first byte says how large the pieces are. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    int piece = 1 + (data[0] & 0xff);
    Lines lines = new Lines();
    List<String> found = new ArrayList<>();
    for (int at = 1; at < data.length; at += piece) {
      lines.add(Unpooled.wrappedBuffer(data, at, Math.min(piece, data.length - at)));
      collect(lines, found);
    }
    lines.end();
    collect(lines, found);
    String text = new String(data, 1, data.length - 1, StandardCharsets.ISO_8859_1);
    List<String> expected = split(text);
    if (!found.equals(expected) || !lines.isOver() || lines.isTooLong()) {
      throw new AssertionError("expected " + expected + ", got " + found);
    }
    takeAll(text);
  }

  private static void collect(Lines lines, List<String> found) {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      found.add(new String(line, StandardCharsets.ISO_8859_1));
    }
  }

  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(withoutReturn(text.substring(start, end)));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(withoutReturn(text.substring(start)));
    }
    return lines;
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** Taking by count after looking for lines loses nothing. */
  private static void takeAll(String text) {
    Lines lines = new Lines();
    StringBuilder taken = new StringBuilder();
    for (char c : text.toCharArray()) {
      lines.add(
          Unpooled.copiedBuffer(String.valueOf(c == '\n' ? ' ' : c), StandardCharsets.ISO_8859_1));
      lines.next();
      byte[] three = lines.take(3);
      taken.append(three == null ? "" : new String(three, StandardCharsets.ISO_8859_1));
    }
    if (taken.length() + lines.size() != text.length()
        || !text.replace('\n', ' ').startsWith(taken.toString())) {
      throw new AssertionError("expected the beginning of " + text + ", got " + taken);
    }
  }
}
