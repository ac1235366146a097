package io.sonde.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import io.sonde.server.listen.Visitors;

/** Where connections are received: counted, encrypted, and given the protocol they speak. */
final class Reception implements Visitors {
  /** Set on connections that are one too many. */
  private static final AttributeKey<Boolean> IS_SPARE =
      AttributeKey.valueOf(Reception.class, "isSpare");

  private final Endpoint root;
  private final Endpoint spareRoot;
  private final LoopStates states;
  private final Limits limits;
  private final Encryption encryption;
  private final ConnectionCap cap;

  Reception(
      Endpoint root,
      Endpoint spareRoot,
      LoopStates states,
      Limits limits,
      Encryption encryption,
      ConnectionCap cap) {
    this.root = root;
    this.spareRoot = spareRoot;
    this.states = states;
    this.limits = limits;
    this.encryption = encryption;
    this.cap = cap;
  }

  @Override
  public boolean arrived(Channel channel) {
    if (!cap.opened()) {
      channel.attr(IS_SPARE).set(true);
    }
    return cap.hasRoom();
  }

  @Override
  public boolean hasRoom(EventLoop loop) {
    return cap.hasRoom() || closeIdle(loop);
  }

  @Override
  public void welcome(Channel channel) {
    channel.closeFuture().addListener(closed -> cap.closed());
    boolean isSpare = channel.hasAttr(IS_SPARE) && !closeIdle(channel.eventLoop());
    if (isSpare) {
      cap.refused();
    }
    begin(channel, states.of(channel.eventLoop()), isSpare ? spareRoot : root);
  }

  /** Makes room at the cost of who has been silent for longest. */
  private boolean closeIdle(EventLoop loop) {
    boolean closed = states.closeIdle(loop);
    if (closed) {
      cap.evicted();
    }
    return closed;
  }

  private void begin(Channel channel, LoopState state, Endpoint endpoint) {
    Opening opening = Opening.of(channel, state, limits);
    encryption.begin(
        channel,
        opening.then(() -> addHttp1(channel, state, endpoint)),
        opening.then(() -> addHttp2(channel, state, endpoint)));
  }

  private void addHttp1(Channel channel, LoopState state, Endpoint endpoint) {
    RequestDecoder decoder = new RequestDecoder(limits);
    channel.pipeline().addLast(decoder, new HttpConnection(decoder, endpoint, state, limits));
  }

  private void addHttp2(Channel channel, LoopState state, Endpoint endpoint) {
    channel.pipeline().addLast(new Http2Builder(endpoint, states, state, limits).build());
  }
}
