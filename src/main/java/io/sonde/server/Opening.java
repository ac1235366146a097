package io.sonde.server;

import io.netty.channel.Channel;

/** A connection that is being encrypted: nothing was asked on it yet. */
final class Opening implements ClientConnection {
  private final Channel channel;
  private final LoopState loopState;

  private Opening(Channel channel, LoopState loopState) {
    this.channel = channel;
    this.loopState = loopState;
  }

  /** Begins, and lasts until {@link #then} or the end of the connection. */
  static Opening of(Channel channel, LoopState loopState) {
    Opening opening = new Opening(channel, loopState);
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
    channel.close();
    return true;
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
