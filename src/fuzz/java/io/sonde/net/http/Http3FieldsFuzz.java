package io.sonde.net.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.Http3Headers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Field sections of HTTP/3 that were decoded, a field a line: {@code name=value}. */
public final class Http3FieldsFuzz {
  private Http3FieldsFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Http3Headers section = new DefaultHttp3Headers(false);
    for (String line : new String(data, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      int equals = line.indexOf('=');
      section.add(line.substring(0, Math.max(equals, 0)), line.substring(equals + 1));
    }
    HttpResponse response;
    long length;
    try {
      response = Http3Fields.response(section);
      length = Http3Fields.declaredLength(response);
    } catch (IllegalArgumentException malformed) {
      if (malformed instanceof NumberFormatException || malformed.getMessage() == null) {
        throw malformed;
      }
      return;
    }
    int status = response.status().code();
    if (status < 0 || status > 999 || status == 101 || length < -1) {
      throw new AssertionError("expected a head, got " + response + " of " + length);
    }
    for (Map.Entry<String, String> field : response.headers()) {
      demandFieldOfHttp3(field.getKey(), field.getValue());
    }
  }

  private static void demandFieldOfHttp3(String name, String value) {
    boolean good =
        !name.isEmpty()
            && name.equals(name.toLowerCase(Locale.ROOT))
            && !name.matches("(?s).*[\\s:\\x00].*")
            && !value.matches("(?s).*[\\r\\n\\x00].*")
            && !name.equals("connection")
            && !name.equals("transfer-encoding");
    if (!good) {
      throw new AssertionError("expected no field " + name + ": " + value);
    }
  }
}
