package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.sonde.net.connect.ConnectErrors;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How far an exchange is, and who is told of it: what does not depend on the version of HTTP. Once
 * it is over, or its run has settled, it tells nobody anything.
 */
final class Exchange {
  /** How many 1xx responses are skipped before the final one. */
  static final int MAX_INFORMATIONAL = 16;

  private enum State {
    IDLE,
    AWAITING_HEAD,
    READING_BODY,
    OVER
  }

  private final ProbeRun run;
  private final ExchangeTimes times;
  private final Runnable close;
  private final CompletableFuture<HttpResponse> head = new CompletableFuture<>();
  private State state = State.IDLE;
  private boolean answered;
  private int informational;
  private @Nullable HeldBody heldBody;
  private @Nullable BodySink sink;

  /** An exchange of request number {@code hop}, on the connection of {@code context}. */
  Exchange(ProbeRun run, int hop, ChannelHandlerContext context) {
    this(run, new ExchangeTimes(run, hop, context.channel()), context::close);
  }

  /**
   * An exchange.
   *
   * @param close ends the connection, if the exchange fails
   */
  Exchange(ProbeRun run, ExchangeTimes times, Runnable close) {
    this.run = run;
    this.times = times;
    this.close = close;
  }

  /** The request is about to be written. */
  void begin() {
    state = State.AWAITING_HEAD;
    times.sending();
  }

  /** Completes with the head of the final response. */
  CompletionStage<HttpResponse> head() {
    return head;
  }

  /** Holds the body of the request back until the peer asks for it, or a moment has passed. */
  void hold(Runnable body) {
    heldBody = new HeldBody(run, body);
  }

  void readBody(BodySink bodySink) {
    sink = bodySink;
  }

  boolean hasBegun() {
    return state != State.IDLE;
  }

  boolean isReadingBody() {
    return state == State.READING_BODY;
  }

  boolean isOver() {
    return state == State.OVER || run.settled();
  }

  /** When the response ended, on the loop's clock; 0 before. */
  long endedAtNanos() {
    return times.endedAtNanos();
  }

  /** What counts as the first byte of an answer has come. */
  void onAnswer() {
    if (!answered) {
      answered = true;
      times.answered();
    }
  }

  /** A response has come that is followed by another one. */
  void onInformational(int code) {
    informational++;
    if (informational > MAX_INFORMATIONAL) {
      fail(Reason.PROTOCOL, "more than " + MAX_INFORMATIONAL + " informational responses");
    } else if (code == 100 && heldBody != null) {
      heldBody.send();
    }
  }

  /** The head of the final response has come. */
  void onHead(HttpResponse response) {
    dropHeldBody();
    state = State.READING_BODY;
    head.complete(response);
  }

  void onContent(ByteBuf piece) {
    BodySink receiver = sink;
    if (receiver != null && !isOver()) {
      receiver.content(piece);
    }
  }

  /** The response is complete. */
  void onEnd(HttpHeaders trailers) {
    BodySink receiver = sink;
    if (isOver()) {
      return;
    }
    times.ended();
    over();
    if (receiver != null) {
      if (!trailers.isEmpty()) {
        receiver.trailers(trailers);
      }
      receiver.end();
    }
  }

  /** The connection has ended. */
  void onClose() {
    if (hasBegun() && !isOver()) {
      fail(Reason.CLOSED, "the peer closed the connection " + where());
    }
  }

  /** Something below has failed, or a bug has shown. */
  void onException(Throwable cause) {
    if (!hasBegun() || isOver()) {
      return; // Whoever opens the connection sees its troubles before there is an exchange.
    }
    Throwable root = cause.getCause() instanceof SSLException tls ? tls : cause;
    if (root instanceof SSLException) {
      fail(new ProbeFailure(Phase.TLS, Reason.TLS, "TLS failed: " + root.getMessage(), root));
    } else if (root instanceof HeaderLimitException limit) {
      fail(limit.reason(), limit.what());
    } else if (root instanceof IOException) {
      fail(Reason.CLOSED, "the connection broke " + where() + ": " + ConnectErrors.words(root));
    } else {
      fail(root);
    }
  }

  void fail(Reason reason, String message) {
    fail(reason, message, null);
  }

  /** Fails with what caused it. */
  void fail(Reason reason, String message, @Nullable Throwable cause) {
    fail(new ProbeFailure(answered ? Phase.TRANSFER : Phase.PROCESSING, reason, message, cause));
  }

  /** Ends the exchange without a word. */
  void over() {
    state = State.OVER;
    dropHeldBody();
  }

  /** How far the response was, for a message. */
  String where() {
    if (!answered) {
      return "before it answered";
    }
    return isReadingBody() ? "in the middle of the body" : "in the middle of the head";
  }

  void fail(Throwable failure) {
    BodySink receiver = sink;
    over();
    close.run();
    if (!head.completeExceptionally(failure) && receiver != null) {
      receiver.failed(failure);
    }
  }

  private void dropHeldBody() {
    if (heldBody != null) {
      heldBody.drop();
    }
  }
}
