package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3HeadersValidationException;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamResetException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One exchange over HTTP/3: a stream of an {@link Http3Session} (RFC 9114, section 4). */
final class Http3Connection extends ChannelInboundHandlerAdapter implements HttpConnection {
  private final ProbeRun run;
  private final Http3Session session;
  private final HeaderMemory.Share memory;
  private final Exchange exchange;
  private boolean answerToHead;
  private boolean bodiless;
  private long declaredLength = -1;
  private long length;
  private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
  private @Nullable QuicStreamChannel stream;

  Http3Connection(ProbeRun run, Http3Session session, int hop, HeaderMemory memory) {
    this.run = run;
    this.session = session;
    this.memory = memory.share(run::onSettle);
    ExchangeTimes times = new ExchangeTimes(run, hop, session.datagrams());
    this.exchange = new Exchange(run, times, this::closeStream);
  }

  @Override
  public CompletionStage<HttpResponse> exchange(ClientRequest request) {
    answerToHead = request.isHead();
    exchange.begin();
    Http3Session.End end = session.end();
    if (end != null) {
      onSessionEnd(end);
    } else {
      session.newStream(this, memory).addListener(opened -> onOpened(opened, request));
    }
    return exchange.head();
  }

  @Override
  public void readBody(BodySink bodySink) {
    exchange.readBody(bodySink);
  }

  @Override
  public long endedAtNanos() {
    return exchange.endedAtNanos();
  }

  @Override
  public void pause() {
    stream().config().setAutoRead(false);
  }

  @Override
  public void resume() {
    stream().config().setAutoRead(true);
  }

  @Override
  public void close() {
    memory.leave();
    exchange.over();
    closeStream();
  }

  /** The number of the stream; 0 if there is none yet. */
  long streamId() {
    return stream == null ? 0 : stream.streamId();
  }

  /** The connection serves nobody any more. */
  void onSessionEnd(Http3Session.End end) {
    if (exchange.isOver() || !exchange.hasBegun()) {
      return;
    }
    ProbeFailure refusal = end.refusal();
    if (refusal != null) {
      exchange.fail(refusal);
    } else {
      exchange.fail(end.reason(), end.what() + ' ' + exchange.where());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (exchange.isOver()) {
        return;
      }
      if (message instanceof Http3HeadersFrame frame) {
        onHeaders(frame.headers());
      } else if (message instanceof Http3DataFrame frame) {
        onData(frame.content());
      }
    } catch (IllegalArgumentException e) {
      malformed(String.valueOf(e.getMessage()));
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownReadComplete.INSTANCE && !exchange.isOver()) {
      onEnd();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!exchange.isOver()) {
      // Whoever closed the connection may be about to say why.
      run.loop().execute(this::onStreamGone);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (exchange.isOver()) {
      return;
    }
    Throwable root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (root instanceof QuicStreamResetException reset) {
      String code = QuicErrors.http3(reset.applicationProtocolCode());
      exchange.fail(Reason.CLOSED, "the peer reset the stream (" + code + ") " + exchange.where());
    } else if (root instanceof Http3Exception || root instanceof Http3HeadersValidationException) {
      malformed(String.valueOf(root.getMessage()));
    } else if (root instanceof HeaderLimitException limit) {
      exchange.fail(limit.reason(), limit.what());
    } else if (root != cause && root instanceof RuntimeException) {
      // The codec stumbled over what the peer has sent.
      malformed("what came cannot be decoded (" + root + ')');
    } else {
      exchange.fail(root);
    }
  }

  private void malformed(String what) {
    exchange.fail(Reason.PROTOCOL, "malformed HTTP/3 " + exchange.where() + ": " + what);
  }

  private void onOpened(Future<?> opened, ClientRequest request) {
    if (exchange.isOver()) {
      return;
    }
    if (!opened.isSuccess()) {
      String why = String.valueOf(opened.cause().getMessage());
      exchange.fail(Reason.PROTOCOL, "the peer allows no request: " + why);
      return;
    }
    QuicStreamChannel made = (QuicStreamChannel) opened.getNow();
    stream = made;
    Http3Upload upload = new Http3Upload(made, request);
    upload.sendHead();
    if (request.holdsBodyBack()) {
      exchange.hold(upload::sendBody);
    } else {
      upload.sendBody();
    }
  }

  private void onHeaders(Http3Headers section) {
    if (exchange.isReadingBody()) {
      trailers = Http3Fields.fields(section);
      return;
    }
    HttpResponse response = Http3Fields.response(section);
    int code = response.status().code();
    declaredLength = Http3Fields.declaredLength(response);
    exchange.onAnswer();
    if (code < 200) {
      exchange.onInformational(code);
    } else {
      bodiless = answerToHead || code == 204 || code == 304;
      exchange.onHead(response);
    }
  }

  private void onData(ByteBuf piece) {
    length += piece.readableBytes();
    if (bodiless && length > 0) {
      exchange.fail(Reason.PROTOCOL, "a body after an answer that has none");
    } else if (declaredLength >= 0 && length > declaredLength) {
      exchange.fail(
          Reason.PROTOCOL, "the body is longer than its Content-Length of " + declaredLength);
    } else if (piece.isReadable()) {
      exchange.onContent(piece);
    }
  }

  private void onEnd() {
    if (!exchange.isReadingBody()) {
      exchange.fail(Reason.CLOSED, "the peer ended the stream " + exchange.where());
    } else if (!bodiless && length < declaredLength) {
      exchange.fail(
          Reason.PROTOCOL,
          "the body ends after " + length + " bytes of a Content-Length of " + declaredLength);
    } else {
      exchange.onEnd(trailers);
    }
  }

  private void onStreamGone() {
    Http3Session.End end = session.end();
    if (end != null) {
      onSessionEnd(end);
    } else if (!exchange.isOver()) {
      exchange.fail(Reason.CLOSED, "the stream ended " + exchange.where());
    }
  }

  private void closeStream() {
    if (stream != null) {
      stream.close();
    }
  }

  private QuicStreamChannel stream() {
    return Objects.requireNonNull(stream, "expected a stream that stands");
  }
}
