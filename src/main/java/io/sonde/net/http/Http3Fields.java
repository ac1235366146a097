package io.sonde.net.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Heads of messages as HTTP/3 carries them: pseudo fields, then fields with names in lower case,
 * and nothing that speaks of a connection (RFC 9114, sections 4.2 and 4.3).
 */
final class Http3Fields {
  private static final HttpVersion VERSION = new HttpVersion("HTTP", 3, 0, true);
  private static final AsciiString HTTPS = AsciiString.cached("https");
  private static final AsciiString METHOD = AsciiString.cached(":method");
  private static final AsciiString SCHEME = AsciiString.cached(":scheme");
  private static final AsciiString AUTHORITY = AsciiString.cached(":authority");
  private static final AsciiString PATH = AsciiString.cached(":path");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

  private Http3Fields() {}

  /** Writes the head of a request into an empty section. */
  static void write(ClientRequest request, Http3Headers section) {
    section.add(AUTHORITY, request.host());
    section.add(METHOD, request.method());
    if (!request.method().equals("CONNECT")) {
      section.add(PATH, utf8(request.target()));
      section.add(SCHEME, HTTPS);
    }
    for (HeaderLine field : request.lines().fields()) {
      section.add(field.name(), utf8(field.value()));
    }
    if (request.body().framing() == RequestBody.Framing.LENGTH) {
      section.add(CONTENT_LENGTH, Integer.toString(request.body().bytes().length));
    }
  }

  /**
   * Reads the head of a response.
   *
   * @throws IllegalArgumentException if it is malformed; the message says how
   */
  static HttpResponse response(Http3Headers section) {
    HttpHeaders headers = fields(section);
    CharSequence status = section.status();
    if (status == null || status.length() != 3 || !status.chars().allMatch(Http3Fields::digit)) {
      throw new IllegalArgumentException("no status of three digits");
    }
    int code = Integer.parseInt(status.toString());
    if (code == 101) {
      throw new IllegalArgumentException("the status 101");
    }
    return new DefaultHttpResponse(VERSION, HttpResponseStatus.valueOf(code), headers);
  }

  /**
   * Reads the fields of a section, all but the pseudo fields.
   *
   * @throws IllegalArgumentException if one is malformed
   */
  static HttpHeaders fields(Http3Headers section) {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    for (Map.Entry<CharSequence, CharSequence> field : section) {
      String name = field.getKey().toString();
      if (!name.startsWith(":")) {
        String value = field.getValue().toString();
        check(name, value);
        headers.add(name, value);
      }
    }
    return headers;
  }

  /**
   * The length that a response declares, or -1.
   *
   * @throws IllegalArgumentException if it declares none that can be, or more than one
   */
  static long declaredLength(HttpResponse response) {
    long length = -1;
    for (String value : response.headers().getAll(CONTENT_LENGTH)) {
      if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(Http3Fields::digit)) {
        throw new IllegalArgumentException("a Content-Length that is no number");
      }
      long declared = Long.parseLong(value);
      if (length >= 0 && declared != length) {
        throw new IllegalArgumentException("two different values of Content-Length");
      }
      length = declared;
    }
    return length;
  }

  private static void check(String name, String value) {
    if (!HeaderRules.isToken(name) || !name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("a header name with an invalid character");
    }
    if (!HeaderRules.isValue(value)) {
      throw new IllegalArgumentException("a header value with an invalid character");
    }
    if (HeaderLines.CONNECTION_FIELDS.contains(name)) {
      throw new IllegalArgumentException("the header " + name + " of HTTP/1");
    }
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Text beyond ASCII goes out as UTF-8. */
  private static CharSequence utf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return new AsciiString(text.getBytes(StandardCharsets.UTF_8), false);
      }
    }
    return text;
  }
}
