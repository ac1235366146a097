package io.sonde.probe.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.sonde.config.Regex;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One dialogue under way on a connection that was upgraded, message by message. When the run ends,
 * however, the server is told so by a close frame, and nobody waits for its answer.
 */
final class MessageDialogue {
  private enum State {
    BEGIN,
    READ,
    SEND,
    BUSY
  }

  private final ProbeRun run;
  private final List<Step> steps;
  private final InboundFrames inbound;
  private final MessageSearch searches;
  private final DialogueNotes notes;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private State state = State.BEGIN;
  private int index;
  private byte[] message = {};
  private int[] offsets = {};
  private long eventNanos;
  private @Nullable WebSocketCloseStatus goodbye = WebSocketCloseStatus.NORMAL_CLOSURE;

  MessageDialogue(ProbeRun run, List<Step> steps, InboundFrames inbound, MessageSearch searches) {
    this.run = run;
    this.steps = steps;
    this.inbound = inbound;
    this.searches = searches;
    this.notes = new DialogueNotes(run);
  }

  /**
   * Begins; the server has agreed to the upgrade.
   *
   * @return completes when the last step is done, or fails with a {@link ProbeFailure}
   */
  CompletionStage<Void> begin() {
    eventNanos = inbound.lastReadNanos();
    run.onSettle(this::onSettle);
    inbound.tell(this::goOn);
    goOn();
    return done;
  }

  /** Does what can be done now, until something has to be waited for. */
  private void goOn() {
    boolean moved = true;
    while (moved && !isOver()) {
      if (index == steps.size()) {
        run.timeline().complete(eventNanos);
        done.complete(null);
        return;
      }
      Step step = steps.get(index);
      moved =
          switch (state) {
            case BEGIN -> begin(step);
            case READ -> read(step);
            case SEND -> send(step);
            case BUSY -> false;
          };
    }
    if (!isOver()) {
      inbound.regulate();
    }
  }

  private boolean begin(Step step) {
    notes.begins(step);
    state = step.expect() == null ? State.SEND : State.READ;
    return true;
  }

  private boolean read(Step step) {
    Incoming incoming;
    try {
      incoming = inbound.next();
    } catch (FrameException e) {
      fail(e);
      return false;
    }
    if (incoming instanceof Incoming.Message whole) {
      eventNanos = inbound.lastReadNanos();
      return search(step, Objects.requireNonNull(step.expect()), whole);
    }
    if (incoming instanceof Incoming.Close close) {
      boolean hasCode = close.code() != Incoming.Close.NO_CODE;
      goodbye = hasCode ? WebSocketCloseStatus.valueOf(close.code()) : null;
      fail(notes.closed(close));
    } else if (inbound.breakage() != null) {
      fail(notes.broken(inbound.breakage()));
    } else if (inbound.hasEnded()) {
      fail(notes.ended());
    }
    return false;
  }

  private boolean search(Step step, Regex expect, Incoming.Message whole) {
    message = whole.payload();
    CompletableFuture<Optional<int[]>> search = searches.in(whole, expect).toCompletableFuture();
    if (search.isDone()) {
      searched(step, expect, search);
      return true;
    }
    state = State.BUSY;
    search.whenComplete(
        (found, error) -> {
          if (!isOver()) {
            searched(step, expect, search);
            goOn();
          }
        });
    return false;
  }

  private void searched(
      Step step, Regex expect, CompletableFuture<Optional<int[]>> completedSearch) {
    Optional<int[]> found;
    try {
      found = completedSearch.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FrameException violation) {
        fail(violation);
      } else {
        done.completeExceptionally(e);
      }
      return;
    }
    if (found.isEmpty()) {
      run.timeline().complete(eventNanos);
      fail(notes.noMatch(expect, message));
    } else {
      notes.matched(step, expect, message);
      offsets = found.get();
      state = State.SEND;
    }
  }

  private boolean send(Step step) {
    byte[] text = step.send().expand(message, offsets);
    index++;
    if (text.length == 0) {
      state = State.BEGIN;
      return true;
    }
    notes.sends(step, text);
    ChannelFuture sent =
        inbound.channel().writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)));
    if (sent.isDone()) {
      sent(sent.cause());
      return true;
    }
    state = State.BUSY;
    sent.addListener(
        future -> {
          if (!isOver()) {
            sent(future.cause());
            goOn();
          }
        });
    return false;
  }

  private void sent(@Nullable Throwable cause) {
    if (cause != null) {
      fail(notes.notSent(cause));
      return;
    }
    eventNanos = run.nanoTime();
    state = State.BEGIN;
  }

  private void onSettle() {
    if (!done.isDone() && state == State.READ) {
      notes.brokeOff(steps.get(index));
    }
    inbound.drop();
    Channel channel = inbound.channel();
    if (channel.isActive()) {
      WebSocketCloseStatus status = goodbye;
      channel.writeAndFlush(
          status == null ? new CloseWebSocketFrame() : new CloseWebSocketFrame(status, ""));
    }
  }

  private void fail(FrameException violation) {
    goodbye = violation.status();
    fail(notes.unreadable(violation.failure()));
  }

  private void fail(ProbeFailure failure) {
    done.completeExceptionally(failure);
  }

  private boolean isOver() {
    return done.isDone() || run.settled();
  }
}
