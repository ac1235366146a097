package io.sonde.net.http;

/** Whatever a body holds is one JSON value, or said to be none. */
public final class JsonFuzz {
  private static final Object NOTHING = "null";

  private JsonFuzz() {}

  /** The bytes are the text. */
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      if (Json.parse(data, NOTHING) == null) {
        throw new AssertionError("expected a value, got null");
      }
    } catch (Json.BadJsonException ignored) {
      // As good an end as any.
    }
  }
}
