package io.sonde.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.sonde.probe.Loops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The other side of dry probes of name servers: answers every question with the same address. */
final class DryNameServer implements AutoCloseable {
  private static final int FLAGS_INDEX = 2;
  private static final int ANSWER_COUNT_INDEX = 6;
  private static final int ANSWER = 0x8400;

  /** An A record of the name in the question, as RFC 1035 writes it, section 4.1.3. */
  private static final byte[] RECORD =
      ByteBufUtil.decodeHexDump("c00c" + "0001" + "0001" + "0000012c" + "0004" + "c0000201");

  private final Channel socket;

  private DryNameServer(Channel socket) {
    this.socket = socket;
  }

  /**
   * Opens one on a port that the system chooses.
   *
   * @throws IOException if that is not possible
   */
  static DryNameServer listen(Loops loops) throws IOException {
    ChannelFuture bound =
        new Bootstrap()
            .group(loops.group())
            .channelFactory(loops.transport()::newDatagram)
            .handler(new Answering())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause());
    }
    return new DryNameServer(bound.channel());
  }

  /** Where it listens. */
  int port() {
    return ((InetSocketAddress) socket.localAddress()).getPort();
  }

  @Override
  public void close() {
    socket.close().awaitUninterruptibly();
  }

  private static final class Answering extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket question) {
      int size = question.content().readableBytes() + RECORD.length;
      ByteBuf answer = context.alloc().buffer(size).writeBytes(question.content());
      answer.setShort(FLAGS_INDEX, ANSWER).setShort(ANSWER_COUNT_INDEX, 1).writeBytes(RECORD);
      context.writeAndFlush(new DatagramPacket(answer, question.sender()));
    }
  }
}
