package io.sonde.net.http;

import java.nio.charset.StandardCharsets;

/** Names and values of header lines. */
public final class HeaderFuzz {
  private HeaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    String name = HeaderRules.canonical(text);
    if (!name.equalsIgnoreCase(text) || !HeaderRules.canonical(name).equals(name)) {
      throw new AssertionError("expected " + text + " in other case, got " + name);
    }
    if (HeaderRules.isToken(text) && text.matches("(?s).*[\\s:\\x00].*")) {
      throw new AssertionError("expected no token in " + text);
    }
    boolean breaks = text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf(0) >= 0;
    if (breaks && (HeaderRules.isValue(text) || HeaderRules.isHost(text))) {
      throw new AssertionError("expected no value in " + text);
    }
  }
}
