package io.sonde.net.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one block of a response, judged as they are decoded (RFC 9113, section 8.2):
 * Netty's own class loses their order, and its checks refuse fields that other clients let pass.
 */
final class Http2Fields extends DefaultHttp2Headers {
  private static final String STATUS = ":status";

  private final HeaderMemory.Share memory;
  private final HttpHeaders headers =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
  private @Nullable CharSequence status;
  private @Nullable String problem;

  Http2Fields(HeaderMemory.Share memory) {
    super(false, false, 2);
    this.memory = memory;
  }

  @Override
  public Http2Headers add(CharSequence name, CharSequence value) {
    memory.line(name.length() + value.length());
    if (name.length() > 0 && name.charAt(0) == ':') {
      if (status != null || !headers.isEmpty() || !STATUS.contentEquals(name)) {
        problem = "a pseudo-header field where none belongs";
      }
      status = value;
    } else if (isName(name) && HeaderRules.isValue(value)) {
      headers.add(name, value);
    } else {
      problem = "a header field with an invalid name or value";
    }
    return this;
  }

  /** All fields but the status. */
  HttpHeaders headers() {
    return headers;
  }

  /** The status as it was sent; null if it was not. */
  @Override
  public @Nullable CharSequence status() {
    return status;
  }

  /** What is wrong with the block, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** Names come in lower case only. */
  private static boolean isName(CharSequence name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return false;
      }
    }
    return HeaderRules.isToken(name);
  }
}
