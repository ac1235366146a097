package io.sonde.net.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A form that was read is written as one that reads the same. */
public final class FormFuzz {
  private FormFuzz() {}

  /** The bytes are the form, in UTF-8. */
  public static void fuzzerTestOneInput(byte[] data) {
    Map<String, String> fields;
    try {
      fields = FormFields.decode(new String(data, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException ignored) {
      return;
    }
    String written = FormFields.encode(new TreeMap<>(fields));
    if (!FormFields.decode(written).equals(fields)) {
      throw new AssertionError("expected the fields of " + written + " again");
    }
  }
}
