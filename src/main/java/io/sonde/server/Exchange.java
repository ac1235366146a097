package io.sonde.server;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sonde.telemetry.RequestStats;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. Confined to its event loop, but for {@link #answerFrom}'s work. */
public final class Exchange {
  private static final Logger logger = LoggerFactory.getLogger(Exchange.class);

  private final Caller caller;
  private final HttpRequest request;
  private final RequestTarget target;
  private final RequestBody body;
  private String rest = "";
  private ResponseFields standingFields = ResponseFields.NONE;
  private boolean endsConnection;

  /** Also read where answers are made for this exchange. */
  private volatile boolean hasLeft;

  private @Nullable Runnable onLeave;
  private @Nullable IntConsumer onEnd;

  Exchange(Caller caller, HttpRequest request, RequestTarget target, RequestBody body) {
    this.caller = caller;
    this.request = request;
    this.target = target;
    this.body = body;
  }

  /** The loop that this exchange happens on. */
  public EventLoop loop() {
    return caller.loop();
  }

  /** What this loop's answers are made with. */
  LoopState loopState() {
    return caller.loopState();
  }

  /** Where the request came from; null if that is no longer known. */
  public @Nullable SocketAddress remoteAddress() {
    return caller.remoteAddress();
  }

  /** The request's method, as sent. */
  public String method() {
    return request.method().name();
  }

  /** Whether the request only reads: GET or HEAD. */
  public boolean isRead() {
    return method().equals("GET") || isHead();
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  /** The first value of a header field, or null. */
  public @Nullable String header(CharSequence name) {
    return request.headers().get(name);
  }

  RequestTarget target() {
    return target;
  }

  /** The request's parameters. */
  public QueryString query() {
    return target.query();
  }

  /** The request's body, or as much of it as is kept. */
  public RequestBody body() {
    return body;
  }

  /**
   * What the path has, decoded, behind that under which the endpoint was added; empty if it is the
   * endpoint's own.
   */
  public String rest() {
    return rest;
  }

  void rest(String behind) {
    rest = behind;
  }

  HttpRequest request() {
    return request;
  }

  /**
   * Registers what must happen if the caller goes away before the answer. An answer takes the
   * registration back.
   */
  public void onLeave(Runnable action) {
    onLeave = action;
  }

  /**
   * Registers who is told once how this ends: with the status of the answer, or with {@link
   * RequestStats#CALLER_LEFT}.
   */
  void onEnd(IntConsumer listener) {
    onEnd = listener;
  }

  /** Whether somebody still waits for the answer. */
  public boolean isAwaited() {
    return caller.awaits(this);
  }

  /** Adds fields to whatever this request will be answered. */
  public void addFields(ResponseFields fields) {
    standingFields = standingFields == ResponseFields.NONE ? fields : standingFields.and(fields);
  }

  /** Lets the connection end after the answer. */
  void endConnection() {
    endsConnection = true;
  }

  /** Whether the connection ends after the answer. */
  boolean endsConnection() {
    return endsConnection;
  }

  /** What goes with whatever the answer is, but for what {@code head} says itself. */
  ResponseFields fieldsBeside(ResponseHead head) {
    return standingFields == ResponseFields.NONE
        ? standingFields
        : standingFields.without(head.fields());
  }

  /** Has {@code root} begin to answer; a bug of ours is answered 500. */
  void begin(Endpoint root) {
    try {
      root.handle(this);
    } catch (RuntimeException | Error e) {
      failByBug(e);
    }
  }

  private void failByBug(Throwable bug) {
    logger.error("Answering a request failed by a bug of Sonde, please report it", bug);
    fail(500, "Internal Server Error");
  }

  void callerLeft() {
    hasLeft = true;
    tellEnd(RequestStats.CALLER_LEFT);
    if (onLeave != null) {
      onLeave.run();
    }
  }

  /** Answers with why nothing comes of the request, and gives up what was begun for it. */
  void abandon(Refusal why) {
    Runnable begun = onLeave;
    fail(why.status(), why.message());
    if (begun != null) {
      begun.run();
    }
  }

  /** Answers with the first {@code length} bytes of {@code body}, which are copied at once. */
  void respond(ResponseHead head, byte[] body, int length) {
    onLeave = null;
    tellEnd(head.status());
    caller.respond(this, head, body, length);
  }

  private void tellEnd(int status) {
    IntConsumer listener = onEnd;
    onEnd = null;
    if (listener != null) {
      listener.accept(status);
    }
  }

  /**
   * Answers with what is made on another thread, unless the caller has left by then; if that fails
   * by a bug of ours, 500.
   */
  public void answerFrom(Executor background, Supplier<Answer> work) {
    background.execute(
        () -> {
          if (!hasLeft) {
            Runnable answer = answerOf(work);
            try {
              loop().execute(answer);
            } catch (RejectedExecutionException ignored) {
              // The loop has ended, and with it everyone who waited.
            }
          }
        });
  }

  private Runnable answerOf(Supplier<Answer> work) {
    try {
      Answer answer = work.get();
      return () -> respond(answer);
    } catch (RuntimeException | Error e) {
      return () -> failByBug(e);
    }
  }

  /** Answers. */
  public void respond(Answer answer) {
    respond(answer.head(), answer.body(), answer.body().length);
  }

  /** Answers with text. */
  public void respond(ResponseHead head, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    respond(head, bytes, bytes.length);
  }

  /** Answers with one line that says what is wrong. */
  public void fail(int status, String message) {
    fail(status, message, ResponseFields.NONE);
  }

  /** Answers with one line that says what is wrong, and with more header fields. */
  public void fail(int status, String message, ResponseFields more) {
    respond(Answer.failure(status, message, more));
  }

  /** Sends the caller elsewhere, as Go's servers do. */
  public void redirect(int status, String location) {
    ResponseHead head =
        ResponseHead.of(status, "Content-Type", "text/html; charset=utf-8", "Location", location);
    String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
    respond(head, "<a href=\"" + Html.escape(location) + "\">" + reason + "</a>.\n\n");
  }
}
