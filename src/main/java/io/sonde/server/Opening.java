package io.sonde.server;

import io.netty.channel.Channel;

/** A connection that is being encrypted: nothing was asked on it yet. */
final class Opening implements ClientConnection {
  private final Channel channel;
  private final LoopState loopState;
  private final ClientTimes times;

  private Opening(Channel channel, LoopState loopState, ClientTimes times) {
    this.channel = channel;
    this.loopState = loopState;
    this.times = times;
  }

  /** Begins, and lasts until {@link #then} or the end of the connection. */
  static Opening of(Channel channel, LoopState loopState, Limits limits) {
    ClientTimes times = new ClientTimes(limits);
    times.answered(System.nanoTime());
    Opening opening = new Opening(channel, loopState, times);
    loopState.connections().add(opening);
    channel.closeFuture().addListener(closed -> loopState.connections().remove(opening));
    return opening;
  }

  /** What comes next, after which this is over. */
  Runnable then(Runnable next) {
    return () -> {
      if (loopState.connections().remove(this)) {
        next.run();
      }
    };
  }

  @Override
  public boolean closeIfIdle() {
    boolean idle = times.mayMakeRoom(System.nanoTime());
    if (idle) {
      channel.close();
    }
    return idle;
  }

  @Override
  public void drain() {
    channel.close();
  }

  @Override
  public void abandon() {
    channel.close();
  }
}
