package io.sonde.probe;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** Netty's event loops, which tell how many sockets they look after. */
final class MeteredLoopGroup extends MultiThreadIoEventLoopGroup {
  MeteredLoopGroup(int count, ThreadFactory threads, IoHandlerFactory io) {
    super(count, threads, io);
  }

  @Override
  protected IoEventLoop newChild(Executor executor, IoHandlerFactory io, Object... ignored) {
    return new Loop(this, executor, io);
  }

  /** One loop. */
  static final class Loop extends SingleThreadIoEventLoop {
    private Loop(IoEventLoopGroup group, Executor executor, IoHandlerFactory io) {
      super(group, executor, io);
    }

    int sockets() {
      return getNumOfRegisteredChannels();
    }
  }
}
