package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request, ready to be sent. All texts are checked by whoever makes one: {@link HeaderRules} for
 * method and host, {@link HttpUrl} for the target, {@link HeaderLines} for the lines.
 *
 * @param method a token
 * @param target path and query; a query beyond ASCII is sent as UTF-8
 * @param host value of {@code Host}, or of {@code :authority}
 * @param lines all other headers, those about the body's length excepted
 * @param body what follows
 * @param expectsContinue whether the body waits for the server's 100 for a moment
 */
public record ClientRequest(
    String method,
    String target,
    String host,
    HeaderLines lines,
    RequestBody body,
    boolean expectsContinue) {
  private static final int LARGE_BODY_BYTES = 16_384;
  private static final byte[] VERSION_AND_HOST = ascii(" HTTP/1.1\r\nHost: ");
  private static final byte[] HTTP_SCHEME = ascii("http://");
  private static final byte[] NOTHING = {};
  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

  /** Whether the answer has no body, whatever its headers say. */
  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Whether the body is held back until the server asks for it. */
  boolean holdsBodyBack() {
    return expectsContinue && body.followsHead();
  }

  /**
   * The head as HTTP/1.1, and the body as well if it is small and not held back.
   *
   * @param proxy who is to forward an http request; null if it goes to the server itself
   */
  ByteBuf encodeHead(ByteBufAllocator allocator, @Nullable HttpProxy proxy) {
    byte[] fixed = lines.http1();
    byte[] login = proxy == null || hasProxyLogin() ? NOTHING : proxy.login().http1();
    boolean withBody = sendsBodyWithHead();
    int size =
        method.length() + target.length() + 2 * host.length() + fixed.length + login.length + 72;
    ByteBuf out = allocator.buffer(withBody ? size + body.bytes().length + 32 : size);
    ByteBufUtil.writeAscii(out, method);
    out.writeByte(' ');
    if (proxy != null) {
      out.writeBytes(HTTP_SCHEME);
      ByteBufUtil.writeAscii(out, host);
    }
    ByteBufUtil.writeUtf8(out, target);
    out.writeBytes(VERSION_AND_HOST);
    ByteBufUtil.writeAscii(out, host);
    out.writeBytes(CRLF);
    out.writeBytes(fixed, 0, lines.agentSize());
    encodeFraming(out);
    out.writeBytes(fixed, lines.agentSize(), fixed.length - lines.agentSize());
    out.writeBytes(login);
    out.writeBytes(CRLF);
    if (withBody) {
      encodeBodyInto(out);
    }
    return out;
  }

  private void encodeFraming(ByteBuf out) {
    switch (body.framing()) {
      case LENGTH -> {
        out.writeBytes(CONTENT_LENGTH);
        ByteBufUtil.writeAscii(out, Integer.toString(body.bytes().length));
        out.writeBytes(CRLF);
      }
      case CHUNKED -> out.writeBytes(CHUNKED);
      case NONE -> {}
    }
  }

  /** Whether {@link #encodeHead} has written the body already. */
  boolean sendsBodyWithHead() {
    return body.followsHead() && !holdsBodyBack() && body.bytes().length <= LARGE_BODY_BYTES;
  }

  /** Whether the configuration itself says as whom to ask a proxy. */
  private boolean hasProxyLogin() {
    return lines.lines().stream().anyMatch(line -> line.name().equals(HttpProxy.AUTHORIZATION));
  }

  /** The body as HTTP/1.1, chunk marks included. */
  ByteBuf encodeBody(ByteBufAllocator allocator) {
    ByteBuf content = Unpooled.wrappedBuffer(body.bytes());
    if (body.framing() != RequestBody.Framing.CHUNKED) {
      return content;
    }
    if (body.bytes().length == 0) {
      return Unpooled.wrappedBuffer(LAST_CHUNK);
    }
    ByteBuf size = allocator.buffer(16);
    writeChunkSize(size);
    return Unpooled.wrappedBuffer(
        size, content, Unpooled.wrappedBuffer(CRLF), Unpooled.wrappedBuffer(LAST_CHUNK));
  }

  private void encodeBodyInto(ByteBuf out) {
    if (body.framing() != RequestBody.Framing.CHUNKED) {
      out.writeBytes(body.bytes());
      return;
    }
    if (body.bytes().length > 0) {
      writeChunkSize(out);
      out.writeBytes(body.bytes());
      out.writeBytes(CRLF);
    }
    out.writeBytes(LAST_CHUNK);
  }

  private void writeChunkSize(ByteBuf out) {
    ByteBufUtil.writeAscii(out, Integer.toHexString(body.bytes().length));
    out.writeBytes(CRLF);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
