package io.sonde.server;

import java.nio.charset.StandardCharsets;

/** Request lines of anybody. */
public final class RequestFuzz {
  private RequestFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    RequestTarget target = RequestTarget.parse(new String(data, StandardCharsets.ISO_8859_1));
    if (target == null) {
      return;
    }
    String clean = target.cleanPath();
    if (clean.contains("/../") || clean.contains("//")) {
      throw new AssertionError("expected a clean path, got " + clean);
    }
    target.query().first("target");
    target.query().first("module");
  }
}
