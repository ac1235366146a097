package io.sonde.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sonde.server.ConnectionCap.Admission;

/** Where connections are received: counted, encrypted, and given the protocol they speak. */
final class Reception {
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

  /** Takes a connection that was accepted just now. Called on its event loop. */
  void welcome(Channel channel) {
    LoopState state = states.of(channel.eventLoop());
    Admission admission = cap.opened();
    channel.closeFuture().addListener(closed -> cap.closed());
    if (admission != Admission.FULL && closeIdle(channel.eventLoop())) {
      admission = Admission.FULL;
    }
    if (admission == Admission.FULL) {
      begin(channel, state, root);
      return;
    }
    cap.refused();
    if (admission == Admission.SPARE) {
      begin(channel, state, spareRoot);
    } else {
      channel.close();
    }
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
    Opening opening = Opening.of(channel, state);
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
