package io.sonde.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The caller at the other end of one HTTP/2 stream. What it asked for happens on a loop of its own,
 * since scrapers put everything they ask for on one connection; the answer goes back to the loop of
 * the connection. Each method says on which of the two loops it may be called.
 */
final class Http2Call implements Caller {
  private static final HttpVersion VERSION = new HttpVersion("HTTP", 2, 0, true);

  private final Http2Connection connection;
  private final int stream;
  private final long sinceNanos;
  private final HttpRequest request;
  private final @Nullable RequestTarget target;
  private final boolean wellFormed;
  private final @Nullable SocketAddress remoteAddress;
  private final EventLoop loop;
  private final LoopState loopState;

  /** Confined to the connection's loop. */
  private RequestBody body = RequestBody.EMPTY;

  private boolean complete;
  private boolean begun;
  private long answeredAtNanos;
  private boolean answered;

  /** Confined to the exchange's loop. */
  private @Nullable Exchange exchange;

  private boolean over;

  /** A call whose request has begun to arrive. On the connection's loop. */
  Http2Call(Http2Connection connection, int stream, Http2Headers fields, LoopStates loops) {
    this.connection = connection;
    this.stream = stream;
    this.sinceNanos = connection.now();
    this.remoteAddress = connection.channel().remoteAddress();
    this.loop = loops.next();
    this.loopState = loops.of(loop);
    String path = fields.path() == null ? "" : fields.path().toString();
    this.target = path.startsWith("/") || path.equals("*") ? RequestTarget.parse(path) : null;
    HttpMethod method = method(fields.method());
    this.wellFormed =
        method != null
            && target != null
            && (fields.authority() != null || fields.contains(HttpHeaderNames.HOST));
    this.request =
        new DefaultHttpRequest(
            VERSION, method == null ? HttpMethod.GET : method, path, headers(fields));
  }

  private static @Nullable HttpMethod method(@Nullable CharSequence name) {
    try {
      return name == null ? null : HttpMethod.valueOf(name.toString());
    } catch (IllegalArgumentException ignored) {
      return null;
    }
  }

  /** The fields as HTTP/1 has them; the authority is the host. */
  private static HttpHeaders headers(Http2Headers fields) {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    if (fields.authority() != null) {
      headers.set(HttpHeaderNames.HOST, fields.authority());
    }
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      CharSequence name = field.getKey();
      boolean known = headers.contains(HttpHeaderNames.HOST) && isHost(name);
      if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(name) && !known) {
        headers.add(name, field.getValue().toString());
      }
    }
    return headers;
  }

  private static boolean isHost(CharSequence name) {
    return HttpHeaderNames.HOST.contentEquals(name);
  }

  /** The stream's number. */
  int stream() {
    return stream;
  }

  /** Whether this is a request that endpoints can answer. */
  boolean isWellFormed() {
    return wellFormed;
  }

  /** Whether the client waits to be told before it sends the body. */
  boolean waitsForContinue() {
    return "100-continue".equalsIgnoreCase(request.headers().get(HttpHeaderNames.EXPECT));
  }

  /** More of the body came; returns how many bytes there were. */
  long addToBody(ByteBuf more) {
    body = body.and(more);
    return body.length();
  }

  /** The whole request is there. On the connection's loop. */
  void completed() {
    complete = true;
  }

  /** Whether an answer, if only a refusal, was given. */
  boolean isAnswered() {
    return answered;
  }

  boolean isComplete() {
    return complete;
  }

  /** Begins to answer. On the connection's loop. */
  void begin(Endpoint root) {
    begun = true;
    RequestTarget wanted = target;
    RequestBody sent = body;
    if (wanted != null) {
      run(
          () -> {
            Exchange next = new Exchange(this, request, wanted, sent);
            exchange = next;
            if (!over) {
              next.begin(root);
            }
          });
    }
  }

  /** The stream is gone. On the connection's loop. */
  void callerLeft() {
    if (begun && !answered) {
      run(this::leave);
    }
  }

  /** Answers that Sonde ends, and gives up what was begun. On the connection's loop. */
  void abandon() {
    if (begun && !answered) {
      run(this::giveUp);
    }
  }

  /** The answer was handed to the connection. On the connection's loop. */
  void answered() {
    answered = true;
    answeredAtNanos = connection.now();
  }

  /** For how long the client has not sent its request's end. On the connection's loop. */
  long incompleteForNanos(long now) {
    return complete || answered ? 0 : now - sinceNanos;
  }

  /** For how long the client has not taken its answer. On the connection's loop. */
  long untakenForNanos(long now) {
    return answered ? now - answeredAtNanos : 0;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public LoopState loopState() {
    return loopState;
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public boolean awaits(Exchange asking) {
    return !over;
  }

  @Override
  public void respond(Exchange answering, ResponseHead head, byte[] body, int length) {
    assert loop.inEventLoop();
    if (over) {
      return;
    }
    over = true;
    Http2Headers fields = fields(head, answering.fieldsBeside(head), loopState.date(), length);
    ByteBuf content =
        length == 0 || answering.isHead()
            ? Unpooled.EMPTY_BUFFER
            : connection.channel().alloc().buffer(length).writeBytes(body, 0, length);
    connection.send(this, fields, content, answering.endsConnection());
  }

  /** The head of an answer. */
  static Http2Headers fields(ResponseHead head, ResponseFields more, byte[] date, int length) {
    Http2Headers fields = new DefaultHttp2Headers(false);
    fields.status(AsciiString.cached(Integer.toString(head.status())));
    head.fields().addTo(fields);
    more.addTo(fields);
    fields.add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length));
    fields.add(HttpHeaderNames.DATE, new AsciiString(date));
    return fields;
  }

  private void leave() {
    if (!over) {
      over = true;
      if (exchange != null) {
        exchange.callerLeft();
      }
    }
  }

  private void giveUp() {
    if (!over && exchange != null) {
      exchange.abandon(Refusal.SHUTTING_DOWN);
    }
  }

  private void run(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }
}
