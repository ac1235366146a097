package io.sonde.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** Status and fixed header fields of an answer, as bytes that are made once. */
public final class ResponseHead {
  static final ResponseHead PLAIN = of(200, "Content-Type", "text/plain");
  static final ResponseHead PLAIN_UTF_8 = of(200, "Content-Type", "text/plain; charset=utf-8");
  static final ResponseHead EMPTY = of(200);

  private static final ResponseFields ERROR =
      ResponseFields.of(
          "Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");

  private final int status;
  private final ResponseFields fields;
  private final byte[] statusLine;

  private ResponseHead(int status, ResponseFields fields) {
    this.status = status;
    this.fields = fields;
    String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
    this.statusLine =
        ("HTTP/1.1 " + status + " " + reason + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** A head with the given fields, names and values in turn; the values hold no line breaks. */
  public static ResponseHead of(int status, String... fields) {
    return new ResponseHead(status, ResponseFields.of(fields));
  }

  /** The head of an error that is told in one line of text, with more fields. */
  static ResponseHead error(int status, ResponseFields more) {
    return new ResponseHead(status, more == ResponseFields.NONE ? ERROR : ERROR.and(more));
  }

  int status() {
    return status;
  }

  ResponseFields fields() {
    return fields;
  }

  /** As HTTP/1 begins an answer. */
  byte[] statusLine() {
    return statusLine;
  }
}
