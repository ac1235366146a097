package io.sonde.net.http;

import io.netty.channel.Channel;
import io.sonde.net.connect.ReadStamp;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRun;

/**
 * When what happened in one exchange, as the peer made it happen rather than as this loop came to
 * see it; writes the phases PROCESSING and TRANSFER into the run's timeline.
 */
final class ExchangeTimes {
  private final ProbeRun run;
  private final int hop;
  private final Channel channel;
  private final ReadStamp stamp;
  private long sentAtNanos;
  private long answeredAtNanos;
  private long answerSeenAtNanos;
  private long endedAtNanos;

  ExchangeTimes(ProbeRun run, int hop, Channel channel) {
    this.run = run;
    this.hop = hop;
    this.channel = channel;
    this.stamp = ReadStamp.of(channel);
  }

  /** The request is about to be written. */
  void sending() {
    sentAtNanos = run.nanoTime();
    run.timeline().enter(Phase.PROCESSING, hop, sentAtNanos);
  }

  /** The first bytes of an answer are being read. */
  void answered() {
    answerSeenAtNanos = run.nanoTime();
    answeredAtNanos = Math.max(stamp.lastReadNanos(), sentAtNanos);
    run.timeline().enter(Phase.TRANSFER, hop, answeredAtNanos);
  }

  /** The last byte of the answer has been read. */
  void ended() {
    // A body without a length ends with the connection, which is no read.
    boolean byClosing = !channel.isActive();
    long atNanos = byClosing ? run.eventNanos() : stamp.lastReadNanos();
    // What came all at once took as long as it takes to read it.
    endedAtNanos =
        atNanos > answeredAtNanos ? atNanos : answeredAtNanos + run.nanoTime() - answerSeenAtNanos;
  }

  /** When the answer ended, on the loop's clock; 0 before. */
  long endedAtNanos() {
    return endedAtNanos;
  }
}
