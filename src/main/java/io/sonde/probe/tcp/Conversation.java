package io.sonde.probe.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import io.sonde.config.Bytes;
import io.sonde.config.Regex;
import io.sonde.net.dialogue.Lines;
import io.sonde.net.file.SearchWork;
import io.sonde.net.tls.TlsContext;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One dialogue under way on one connection: step by step, and in each wait, send, upgrade. */
final class Conversation {
  private static final byte[] LINE_FEED = {'\n'};

  private enum Stage {
    WAIT,
    SEND,
    UPGRADE
  }

  private enum WaitingFor {
    NOTHING,
    LINE,
    BYTES,
    OTHERS
  }

  private final ProbeRun run;
  private final Dialogue dialogue;
  private final InboundHandler inbound;
  private final @Nullable Encryption encryption;
  private final String name;
  private final DialogueNotes notes;
  private final LineSearch search;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int index;
  private Stage stage = Stage.WAIT;
  private WaitingFor waiting = WaitingFor.NOTHING;
  private byte[] line = {};
  private int[] offsets = {};
  private long eventNanos;

  /**
   * A dialogue that has not begun.
   *
   * @param searches where long lines are searched
   * @param encryption null if nothing in the module asks for TLS
   * @param name the name that the peer is known by in a handshake
   */
  Conversation(
      ProbeRun run,
      Dialogue dialogue,
      InboundHandler inbound,
      SearchWork searches,
      @Nullable Encryption encryption,
      String name) {
    this.run = run;
    this.dialogue = dialogue;
    this.inbound = inbound;
    this.encryption = encryption;
    this.name = name;
    this.notes = new DialogueNotes(run);
    this.search =
        new LineSearch(
            run, searches, inbound.lines(), notes, this::goOn, done::completeExceptionally);
  }

  /**
   * Begins; the connection stands.
   *
   * @param overTls whether it is encrypted already
   * @return completes when the last step is done, or fails with a {@link ProbeFailure}
   */
  CompletionStage<Void> begin(boolean overTls) {
    run.samples().clear(Metric.PROBE_EXPECT_INFO);
    run.timeline().enter(Phase.PROCESSING, 0, run.nanoTime());
    run.onSettle(this::onSettle);
    inbound.mayEndBeforeUs(!overTls);
    inbound.tell(this::goOn);
    goOn();
    return done;
  }

  /** Does what can be done now, until something has to be waited for. */
  private void goOn() {
    look();
    while (!isOver() && waiting == WaitingFor.NOTHING) {
      if (index == dialogue.steps().size()) {
        run.timeline().complete(eventNanos);
        done.complete(null);
        return;
      }
      Step step = dialogue.steps().get(index);
      switch (stage) {
        case WAIT -> await(step);
        case SEND -> send(step);
        case UPGRADE -> upgrade(step);
      }
    }
    if (!isOver()) {
      inbound.regulate(waiting == WaitingFor.BYTES ? step().expectBytes().length() + 1 : 0);
    }
  }

  private void await(Step step) {
    notes.begins(step);
    stage = Stage.SEND;
    if (step.expect() != null) {
      waiting = WaitingFor.LINE;
    } else if (!step.expectBytes().isEmpty()) {
      waiting = WaitingFor.BYTES;
    }
    look();
  }

  /** Looks whether what is waited for has come. */
  private void look() {
    if (isOver()) {
      return;
    }
    if (waiting == WaitingFor.LINE) {
      lookForLine(step(), Objects.requireNonNull(step().expect()));
    } else if (waiting == WaitingFor.BYTES) {
      lookForBytes(step(), step().expectBytes());
    }
  }

  private void lookForLine(Step step, Regex expect) {
    LineSearch.Sight sight = search.look(expect);
    if (sight == LineSearch.Sight.FOUND) {
      answered();
      line = search.line();
      offsets = search.takeOffsets();
      notes.matched(step, expect, line);
      writeLabels(step);
    } else if (sight == LineSearch.Sight.NOTHING) {
      Lines lines = inbound.lines();
      Throwable breakage = inbound.breakage();
      if (lines.isTooLong()) {
        fail(notes.tooLong());
      } else if (breakage != null) {
        fail(notes.broken(breakage));
      } else if (lines.isOver()) {
        run.samples().set(Metric.PROBE_FAILED_DUE_TO_REGEX, 1);
        fail(notes.noMatch(expect));
      }
    }
  }

  private void writeLabels(Step step) {
    ExpectLabels labels = step.labels();
    if (labels != null) {
      try {
        labels.write(run, line, offsets);
      } catch (ProbeFailure e) {
        fail(e);
      }
    }
  }

  private void lookForBytes(Step step, Bytes expected) {
    byte[] got = inbound.lines().take(expected.length());
    Throwable breakage = inbound.breakage();
    if (got != null) {
      answered();
      if (expected.equals(Bytes.of(got))) {
        notes.matched(step, got);
      } else {
        run.samples().set(Metric.PROBE_FAILED_DUE_TO_BYTES, 1);
        fail(notes.otherBytes(expected.toByteArray(), got));
      }
    } else if (breakage != null) {
      fail(notes.broken(breakage));
    } else if (inbound.lines().hasEnded()) {
      fail(notes.tooFew(expected.length(), inbound.lines().size()));
    }
  }

  private void answered() {
    eventNanos = inbound.lastReadNanos();
    waiting = WaitingFor.NOTHING;
  }

  private void send(Step step) {
    stage = Stage.UPGRADE;
    byte[] text = step.send().expand(line, offsets);
    if (text.length == 0) {
      return;
    }
    notes.sends(step, text);
    ByteBuf whole = Unpooled.wrappedBuffer(text, LINE_FEED);
    waiting = WaitingFor.OTHERS;
    ChannelFuture sent = inbound.channel().writeAndFlush(whole);
    if (sent.isSuccess()) {
      eventNanos = run.nanoTime();
      waiting = WaitingFor.NOTHING;
    } else {
      sent.addListener(this::onSent);
    }
  }

  private void onSent(Future<?> sent) {
    if (isOver()) {
      return;
    }
    Throwable cause = sent.cause();
    if (cause != null) {
      fail(notes.notSent(cause));
      return;
    }
    eventNanos = run.nanoTime();
    waiting = WaitingFor.NOTHING;
    goOn();
  }

  private void upgrade(Step step) {
    stage = Stage.WAIT;
    index++;
    if (!step.startsTls()) {
      return;
    }
    waiting = WaitingFor.OTHERS;
    run.timeline().complete(eventNanos);
    Encryption tls = Objects.requireNonNull(encryption);
    tls.ready(run)
        .thenCompose(ready -> handshake(tls, ready))
        .whenComplete((channel, error) -> onHandshake(error));
  }

  /** Nothing that came in plain text may be taken for something said over TLS. */
  private CompletionStage<Channel> handshake(Encryption tls, TlsContext ready) {
    Lines lines = inbound.lines();
    if (lines.hasEnded()) {
      return CompletableFuture.failedFuture(
          new ProbeFailure(
              Phase.TLS, Reason.CLOSED, "the peer closed the connection before the TLS handshake"));
    }
    notes.dropped(lines.size());
    lines.discard();
    inbound.mayEndBeforeUs(false);
    inbound.regulate(0);
    return tls.handshake(run, inbound.channel(), ready, name);
  }

  private void onHandshake(@Nullable Throwable error) {
    if (isOver()) {
      return;
    }
    if (error != null) {
      run.trail().error("TLS Handshake (client) failed", "err", Encryption.message(error));
      fail(error);
      return;
    }
    run.trail().info("TLS Handshake (client) succeeded.");
    eventNanos = run.nanoTime();
    if (index < dialogue.steps().size()) {
      run.timeline().enter(Phase.PROCESSING, 0, eventNanos);
    }
    waiting = WaitingFor.NOTHING;
    goOn();
  }

  private void onSettle() {
    if (!done.isDone() && (waiting == WaitingFor.LINE || waiting == WaitingFor.BYTES)) {
      notes.brokeOff(step().expect(), inbound.lines().size());
    }
  }

  private void fail(Throwable failure) {
    done.completeExceptionally(failure);
  }

  private boolean isOver() {
    return done.isDone() || run.settled();
  }

  private Step step() {
    return dialogue.steps().get(index);
  }
}
