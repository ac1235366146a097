package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of header blocks together, undoes HPACK, and judges what comes out (RFC 9113,
 * sections 4.3 and 8.1). Holds no more than the headers of one response may be long.
 */
final class Http2HeaderBlock {
  private static final HttpVersion VERSION = new HttpVersion("HTTP", 2, 0, true);

  private final ByteBufAllocator allocator;
  private final HeaderMemory.Share memory;
  private @Nullable Decoder hpack;
  private @Nullable ByteBuf pieces;
  private boolean open;

  Http2HeaderBlock(ByteBufAllocator allocator, HeaderMemory.Share memory) {
    this.allocator = allocator;
    this.memory = memory;
  }

  /** Whether a block has begun whose end has not come. */
  boolean isOpen() {
    return open;
  }

  /**
   * Takes a piece, and returns the whole block if that was its last piece.
   *
   * @throws Http2Violation if the block cannot be decoded
   * @throws HeaderLimitException if it is too large
   */
  @Nullable Http2Fields add(ByteBuf piece, boolean last) {
    open = !last;
    if (last && pieces == null) {
      return decode(piece);
    }
    ByteBuf known = pieces;
    if (known == null) {
      known = allocator.buffer(2 * Http2Frames.MAX_PAYLOAD_BYTES);
      pieces = known;
    }
    memory.unread(known.readableBytes() + piece.readableBytes());
    known.writeBytes(piece);
    if (!last) {
      return null;
    }
    try {
      return decode(known);
    } finally {
      release();
    }
  }

  /** Lets go of what is kept. */
  void release() {
    if (pieces != null) {
      pieces.release();
      pieces = null;
    }
  }

  /**
   * A block as the head of a response.
   *
   * @param bodiless whether its end says that there is no body; the response is then a full one
   * @throws Http2Violation if it is none
   */
  static HttpResponse response(Http2Fields block, boolean bodiless) {
    HttpHeaders headers = block.headers();
    HttpResponseStatus status = status(block.status());
    return bodiless
        ? new DefaultFullHttpResponse(
            VERSION, status, Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE)
        : new DefaultHttpResponse(VERSION, status, headers);
  }

  /**
   * A block as what follows a body.
   *
   * @throws Http2Violation if it cannot be that
   */
  static HttpHeaders trailers(Http2Fields block) {
    if (block.status() != null) {
      throw new Http2Violation("a second status");
    }
    return block.headers();
  }

  private Http2Fields decode(ByteBuf block) {
    Decoder decoder = hpack;
    if (decoder == null) {
      // It brings its table along, which a probe that waits for an answer can do without.
      decoder = new Decoder(memory);
      hpack = decoder;
    }
    Http2Fields fields;
    try {
      fields = (Http2Fields) decoder.decodeHeaders(Http2Frames.STREAM, block);
    } catch (Http2Exception.HeaderListSizeException ignored) {
      throw new Http2Violation(ResponseDecoder.TOO_MANY_HEADERS);
    } catch (Http2Exception e) {
      if (e.getCause() instanceof HeaderLimitException limit) {
        throw limit;
      }
      throw new Http2Violation("a header block that HPACK cannot decode");
    }
    String problem = fields.problem();
    if (problem != null) {
      throw new Http2Violation(problem);
    }
    return fields;
  }

  private static HttpResponseStatus status(@Nullable CharSequence text) {
    if (text == null) {
      throw new Http2Violation("a response without status");
    }
    int code = 0;
    for (int i = 0; i < text.length() && code >= 0; i++) {
      int digit = text.charAt(i) - '0';
      code = digit < 0 || digit > 9 ? -1 : code * 10 + digit;
    }
    if (text.length() != 3 || code < 100) {
      throw new Http2Violation("expected a status of three digits");
    }
    return HttpResponseStatus.valueOf(code);
  }

  private static final class Decoder extends DefaultHttp2HeadersDecoder {
    private final HeaderMemory.Share memory;

    Decoder(HeaderMemory.Share memory) {
      super(false, ResponseDecoder.MAX_HEADER_BYTES);
      this.memory = memory;
    }

    @Override
    protected Http2Headers newHeaders() {
      return new Http2Fields(memory);
    }
  }
}
