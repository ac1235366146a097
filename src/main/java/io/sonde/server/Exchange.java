package io.sonde.server;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request and its answer. Confined to its connection's event loop. */
final class Exchange {
  private final HttpConnection connection;
  private final HttpRequest request;
  private final RequestTarget target;
  private @Nullable Runnable onLeave;

  Exchange(HttpConnection connection, HttpRequest request, RequestTarget target) {
    this.connection = connection;
    this.request = request;
    this.target = target;
  }

  /** The loop that this exchange happens on. */
  EventLoop loop() {
    return connection.loop();
  }

  /** What this loop's answers are made with. */
  LoopState loopState() {
    return connection.loopState();
  }

  String method() {
    return request.method().name();
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  /** The first value of a header field, or null. */
  @Nullable String header(CharSequence name) {
    return request.headers().get(name);
  }

  RequestTarget target() {
    return target;
  }

  QueryString query() {
    return target.query();
  }

  HttpRequest request() {
    return request;
  }

  /**
   * Registers what must happen if the caller goes away before the answer. An answer takes the
   * registration back.
   */
  void onLeave(Runnable action) {
    onLeave = action;
  }

  /** Whether somebody still waits for the answer. */
  boolean isAwaited() {
    return connection.isAnswering(this);
  }

  void callerLeft() {
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
    connection.respond(this, head, body, length);
  }

  /** Answers with text. */
  void respond(ResponseHead head, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    respond(head, bytes, bytes.length);
  }

  /** Answers with one line that says what is wrong. */
  void fail(int status, String message) {
    respond(ResponseHead.error(status), message + "\n");
  }

  /** Sends the caller elsewhere, as Go's servers do. */
  void redirect(int status, String location) {
    ResponseHead head =
        ResponseHead.of(status, "Content-Type", "text/html; charset=utf-8", "Location", location);
    String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
    respond(head, "<a href=\"" + Html.escape(location) + "\">" + reason + "</a>.\n\n");
  }
}
