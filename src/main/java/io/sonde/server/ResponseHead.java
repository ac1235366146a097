package io.sonde.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** Status line and fixed header fields of an answer, as bytes that are made once. */
final class ResponseHead {
  static final ResponseHead PLAIN = of(200, "Content-Type", "text/plain");
  static final ResponseHead PLAIN_UTF_8 = of(200, "Content-Type", "text/plain; charset=utf-8");
  static final ResponseHead HTML = of(200, "Content-Type", "text/html");
  static final ResponseHead EMPTY = of(200);

  private final byte[] bytes;

  private ResponseHead(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A head with the given fields, names and values in turn; the values hold no line breaks. */
  static ResponseHead of(int status, String... fields) {
    StringBuilder head =
        new StringBuilder("HTTP/1.1 ")
            .append(status)
            .append(' ')
            .append(HttpResponseStatus.valueOf(status).reasonPhrase())
            .append("\r\n");
    for (int i = 0; i < fields.length; i += 2) {
      head.append(fields[i]).append(": ").append(fields[i + 1]).append("\r\n");
    }
    return new ResponseHead(head.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The head of an error that is told in one line of text. */
  static ResponseHead error(int status) {
    return of(
        status, "Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");
  }

  byte[] bytes() {
    return bytes;
  }
}
