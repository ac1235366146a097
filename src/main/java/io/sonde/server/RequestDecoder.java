package io.sonde.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/**
 * Netty's decoder, which also tells whether a request has begun to arrive and not ended, and takes
 * no head that could be read differently.
 */
final class RequestDecoder extends HttpRequestDecoder {
  private boolean begun;
  private boolean headIsRead;
  private boolean broken;

  RequestDecoder(Limits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLineBytes())
            .setMaxHeaderSize(limits.headerBytes())
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
  }

  /**
   * Whether some of a request is there and the rest is not, be it a part of a line or of a body.
   */
  boolean isWithinRequest() {
    return begun || actualReadableBytes() > 0;
  }

  /** Must be told when a request's last content was read. */
  void requestEnded() {
    begun = false;
    headIsRead = false;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (broken) {
      buffer.skipBytes(buffer.readableBytes());
    } else if (headIsRead || HeadSyntax.isUnambiguous(buffer, !begun)) {
      super.decode(ctx, buffer, out);
      headIsRead |= !out.isEmpty();
    } else {
      broken = true;
      buffer.skipBytes(buffer.readableBytes());
      HttpMessage invalid = createInvalidMessage();
      invalid.setDecoderResult(DecoderResult.failure(new DecoderException("ambiguous head")));
      out.add(invalid);
    }
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) throws Exception {
    begun = true;
    return super.createMessage(initialLine);
  }
}
