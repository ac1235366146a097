package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.sonde.net.connect.UnexpectedBytes;
import io.sonde.probe.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Netty's decoder with some habits changed: it says when the first bytes come and refuses at once
 * what does not begin like HTTP/1, instead of waiting for a line to end; it takes only well-formed
 * status lines; it knows to which answers no body belongs (RFC 9112, section 6.3); and it bounds
 * what header lines cost, in memory and in time.
 */
final class ResponseDecoder extends HttpResponseDecoder {
  /** All header lines of a response together, as the reference allows. */
  static final int MAX_HEADER_BYTES = 10 << 20;

  /** What a probe says whose target sends more of them. */
  static final String TOO_MANY_HEADERS =
      "the response headers exceed " + MAX_HEADER_BYTES + " bytes";

  private static final int MAX_LINE_BYTES = 64 << 10;
  private static final int MAX_PIECE_BYTES = 64 << 10;
  private static final byte[] START = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

  private static final HttpDecoderConfig LIMITS =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(MAX_LINE_BYTES)
          .setMaxHeaderSize(MAX_HEADER_BYTES)
          .setMaxChunkSize(MAX_PIECE_BYTES)
          .setAllowDuplicateContentLengths(true)
          // A recipient may take a bare line feed, and chunks count if there is a length as well.
          .setStrictLineParsing(false)
          .setUseRfc9112TransferEncoding(false);

  private final HeaderMemory.Share memory;
  private final FieldLines lines = new FieldLines();
  private final Runnable onFirstBytes;
  private final Consumer<String> onGarbage;
  private int matched = -1;
  private boolean refused;
  private boolean answerToHead;

  /** Whether header lines are being read; those after a body only from their second one on. */
  private boolean amidFields;

  private boolean fieldsRead;

  /**
   * Makes a decoder for one connection.
   *
   * @param memory charged for header lines
   * @param onFirstBytes called once, before anything is decoded
   * @param onGarbage called if these are not the beginning of an HTTP/1 response, with a sentence
   *     about what they are
   */
  ResponseDecoder(HeaderMemory.Share memory, Runnable onFirstBytes, Consumer<String> onGarbage) {
    super(LIMITS);
    this.memory = memory;
    this.onFirstBytes = onFirstBytes;
    this.onGarbage = onGarbage;
  }

  /** What is to come answers a HEAD request. */
  void expectAnswerToHead() {
    answerToHead = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (matched < START.length && message instanceof ByteBuf bytes && !isLikeHttp(bytes)) {
      bytes.release();
      return;
    }
    super.channelRead(ctx, message);
    int unread = actualReadableBytes();
    if (unread > MAX_LINE_BYTES && !amidFields) {
      throw new HeaderLimitException(
          Reason.PROTOCOL, "a line of more than " + MAX_LINE_BYTES + " bytes around the body");
    }
    memory.unread(unread);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (amidFields && !lines.follow(in)) {
      return;
    }
    int before = in.readableBytes();
    super.decode(ctx, in, out);
    if (fieldsRead) {
      fieldsRead = false;
      memory.text(before - in.readableBytes());
    }
  }

  /** Asked for each line of a head, and of what follows a body. */
  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    amidFields = true;
    fieldsRead = true;
    memory.line(0);
    return super.splitHeaderName(line, start, length);
  }

  private boolean isLikeHttp(ByteBuf bytes) {
    if (refused) {
      return false;
    }
    if (matched < 0) {
      matched = 0;
      onFirstBytes.run();
    }
    for (int i = bytes.readerIndex(); i < bytes.writerIndex() && matched < START.length; i++) {
      if (bytes.getByte(i) != START[matched]) {
        refused = true;
        onGarbage.accept(UnexpectedBytes.describe("HTTP", bytes));
        return false;
      }
      matched++;
    }
    return true;
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    String version = line[0];
    if (version.length() != 8 || !version.startsWith("HTTP/1.") || !isDigit(version.charAt(7))) {
      throw new IllegalArgumentException("expected an HTTP/1 version");
    }
    String code = line[1];
    if (code.length() != 3
        || !isDigit(code.charAt(0))
        || !isDigit(code.charAt(1))
        || !isDigit(code.charAt(2))) {
      throw new IllegalArgumentException("expected a status of three digits");
    }
    amidFields = true;
    return new DefaultHttpResponse(
        HttpVersion.valueOf(version),
        HttpResponseStatus.valueOf(Integer.parseInt(code), line[2]),
        headersFactory);
  }

  /** Asked before the decoder looks how the body is framed. */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    amidFields = false;
    if (message.protocolVersion().minorVersion() == 0) {
      // HTTP/1.0 knows no transfer codings: whoever names one does not mean it.
      message.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
    }
    int code = ((HttpResponse) message).status().code();
    return code < 200 || code == 204 || code == 304 || answerToHead;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
