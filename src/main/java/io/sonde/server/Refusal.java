package io.sonde.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.sonde.telemetry.RequestStats.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Why a client is turned away, whatever it asked for.
 *
 * @param status what it is answered
 * @param message one line that says why
 */
record Refusal(int status, String message) {
  /** The bytes are no request. */
  static final Refusal MALFORMED = new Refusal(400, "400 Bad Request");

  /** Sonde ends before the answer is there. */
  static final Refusal SHUTTING_DOWN = new Refusal(503, "Sonde is shutting down");

  private static final Refusal VERSION =
      new Refusal(505, "505 HTTP Version Not Supported: expected HTTP/1.0 or HTTP/1.1");

  private static final Refusal NO_HOST =
      new Refusal(400, "400 Bad Request: missing required Host header");

  /** For what the decoder could not read. */
  static Refusal undecodable(Throwable cause, Limits limits) {
    if (cause instanceof TooLongHttpLineException) {
      return new Refusal(
          414, "request line is longer than " + limits.requestLineBytes() + " bytes");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new Refusal(431, "request headers are larger than " + limits.headerBytes() + " bytes");
    }
    return MALFORMED;
  }

  /** For a body beyond the limit. */
  static Refusal bodyTooLong(Limits limits) {
    return new Refusal(413, "request body is larger than " + limits.bodyBytes() + " bytes");
  }

  /** For a request that does not end. */
  static Refusal tooSlow(Limits limits) {
    return new Refusal(
        408, "request did not arrive within " + limits.request().toMillis() / 1e3 + " s");
  }

  /** For a request that RFC 9112 demands to refuse, or null. */
  static @Nullable Refusal of(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return VERSION;
    }
    HttpHeaders headers = request.headers();
    Iterator<?> hosts = headers.valueCharSequenceIterator(HttpHeaderNames.HOST);
    if (!hosts.hasNext()) {
      return version.equals(HttpVersion.HTTP_1_1) ? NO_HOST : null;
    }
    hosts.next();
    // Netty takes requests with such a key for ones with a body, which nobody else does.
    return hosts.hasNext() || headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
        ? MALFORMED
        : null;
  }

  /** What it is counted as. */
  Refused counted() {
    return switch (status) {
      case 408 -> Refused.TOO_SLOW;
      case 413 -> Refused.BODY_TOO_LARGE;
      case 414 -> Refused.LINE_TOO_LONG;
      case 431 -> Refused.HEADERS_TOO_LARGE;
      default -> Refused.MALFORMED;
    };
  }

  /** The whole answer, after which the connection ends. */
  ByteBuf encoded(ByteBufAllocator allocator, byte[] date) {
    byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
    return ResponseEncoder.encode(
        allocator,
        ResponseHead.error(status, ResponseFields.NONE),
        ResponseFields.NONE,
        date,
        ResponseEncoder.Connection.CLOSED,
        line,
        line.length,
        line.length);
  }
}
