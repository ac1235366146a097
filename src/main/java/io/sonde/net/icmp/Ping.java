package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One echo request of one run, from the order to the reply. Its run's timeline is in {@link
 * Phase#SETUP} until it is sent, and in {@link Phase#PROCESSING} from then on.
 */
final class Ping {
  private final ProbeRun run;
  private final EchoOrder order;
  private final byte[] target;
  private final CompletableFuture<EchoReply> result = new CompletableFuture<>();
  private int id;
  private int sequence;
  private long sentNanos;
  private boolean over;
  private boolean tried;

  Ping(ProbeRun run, EchoOrder order) {
    this.run = run;
    this.order = order;
    this.target = order.target().getAddress();
    run.onSettle(() -> over = true);
  }

  CompletionStage<EchoReply> result() {
    return result;
  }

  EchoOrder order() {
    return order;
  }

  int id() {
    return id;
  }

  int sequence() {
    return sequence;
  }

  /** Whether it went to this address. */
  boolean isTo(byte[] address) {
    return Arrays.equals(target, address);
  }

  /** Whether it went with this payload. */
  boolean hasPayload(ByteBuf payload) {
    byte[] own = order.payload();
    return payload.readableBytes() == own.length
        && ByteBufUtil.equals(
            payload, payload.readerIndex(), Unpooled.wrappedBuffer(own), 0, own.length);
  }

  /** Whether nobody waits for it any more. */
  boolean isOver() {
    return over;
  }

  void number(int newId, int newSequence) {
    id = newId;
    sequence = newSequence;
  }

  /** Whether a socket has failed to send it before; from now on one has. */
  boolean wasTried() {
    boolean before = tried;
    tried = true;
    return before;
  }

  /** It was sent right after {@code atNanos}, on the clock of its loop. */
  void sent(long atNanos) {
    sentNanos = atNanos;
    run.timeline().enter(Phase.PROCESSING, 0, atNanos);
  }

  /**
   * Its reply came.
   *
   * @param arrivedNanos when the kernel had it, on the clock of the loop; 0 if not known
   */
  void answered(long arrivedNanos, EchoReply reply) {
    // The wall clock may have been set between arrival and now.
    boolean possible = arrivedNanos >= sentNanos && arrivedNanos <= run.nanoTime();
    over = true;
    run.timeline().complete(possible ? arrivedNanos : run.eventNanos());
    result.complete(reply);
  }

  /** It fails in the phase in which it is. */
  void failed(Reason reason, String message) {
    Phase open = run.timeline().open();
    failed(new ProbeFailure(open == null ? Phase.SETUP : open, reason, message));
  }

  void failed(Throwable failure) {
    over = true;
    run.timeline().abandon(run.nanoTime());
    result.completeExceptionally(failure);
  }

  /** The system refused to send it. */
  void unsent(long atNanos, ProbeFailure failure) {
    run.timeline().enter(Phase.PROCESSING, 0, atNanos);
    failed(failure);
  }
}
