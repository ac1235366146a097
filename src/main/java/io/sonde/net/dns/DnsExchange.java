package io.sonde.net.dns;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.NetUtil;
import io.sonde.count.NameServerCounts;
import io.sonde.count.QueryOutcome;
import io.sonde.net.connect.ConnectErrors;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Transport;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question put to one name server: over UDP, and again over TCP if the answer was cut. Each
 * exchange has a connected socket of its own, so that the system tells when nobody listens there
 * and the local port is as hard to guess as the question's number (RFC 5452 section 9). The socket
 * belongs to the run. Confined to the run's loop.
 */
final class DnsExchange {
  private static final FixedRecvByteBufAllocator DATAGRAM_BUFFER =
      new FixedRecvByteBufAllocator(2 * DnsQuestion.UDP_PAYLOAD_BYTES);
  private static final int LENGTH_BYTES = 2;

  /** The longest message that its length can tell, after that length. */
  private static final int MAX_FRAME_BYTES = LENGTH_BYTES + 0xffff;

  private final ProbeRun run;
  private final Transport transport;
  private final InetSocketAddress server;
  private final DnsQuestion question;
  private final long timeoutNanos;
  private final NameServerCounts.Server counts;
  private final long startNanos;
  private final CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
  private @Nullable Channel channel;
  private @Nullable Future<?> timer;
  private boolean overTcp;
  private boolean counted;

  private DnsExchange(
      ProbeRun run,
      Transport transport,
      InetSocketAddress server,
      DnsQuestion question,
      long timeoutNanos,
      NameServerCounts.Server counts) {
    this.run = run;
    this.transport = transport;
    this.server = server;
    this.question = question;
    this.timeoutNanos = timeoutNanos;
    this.counts = counts;
    this.startNanos = run.nanoTime();
  }

  /**
   * Asks. The stage completes on the run's loop with the answer, or with a {@link ProbeFailure} of
   * reason {@link Reason#RESOLVER} if there is none within {@code timeoutNanos} for each transport,
   * or {@link Reason#DESCRIPTORS} if there is no socket to ask with.
   */
  static CompletionStage<DnsAnswer> ask(
      ProbeRun run,
      Transport transport,
      InetSocketAddress server,
      DnsQuestion question,
      long timeoutNanos,
      boolean tcpOnly,
      NameServerCounts.Server counts) {
    DnsExchange exchange = new DnsExchange(run, transport, server, question, timeoutNanos, counts);
    if (run.settled()) {
      // The run ended while files were read for it: nobody waits for the answer.
      return exchange.answer;
    }
    run.onSettle(exchange::onRunEnded);
    exchange.begin(tcpOnly);
    return exchange.answer;
  }

  /** The failure that an answer means which no other server improves on. */
  static ProbeFailure useless(InetSocketAddress server, DnsAnswer answer) {
    return failure(answer.complaint() + " from " + text(server));
  }

  private static ProbeFailure failure(String message) {
    return new ProbeFailure(Phase.RESOLVE, Reason.RESOLVER, message);
  }

  /** {@code address:port}, IPv6 in brackets. */
  private static String text(InetSocketAddress server) {
    return NetUtil.toSocketAddressString(server);
  }

  private void begin(boolean tcp) {
    overTcp = tcp;
    SocketProtocolFamily family =
        server.getAddress() instanceof Inet4Address
            ? SocketProtocolFamily.INET
            : SocketProtocolFamily.INET6;
    Channel opened;
    try {
      opened = tcp ? transport.newSocket(family) : transport.newDatagram(family);
    } catch (RuntimeException e) {
      failToAsk(e);
      return;
    }
    channel = opened;
    opened.config().setConnectTimeoutMillis(0);
    if (tcp) {
      opened
          .pipeline()
          .addLast(
              new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
              new StreamAnswer());
    } else {
      opened.config().setRecvByteBufAllocator(DATAGRAM_BUFFER);
      opened.pipeline().addLast(new DatagramAnswer());
    }
    startTimer(opened);
    run.loop().register(opened).addListener(done -> onRegistered(opened, done.cause()));
  }

  /** The resolver's own clock; there is none where the deadline comes first. */
  private void startTimer(Channel opened) {
    if (timeoutNanos < run.deadline().remainingNanos()) {
      timer = run.loop().schedule(() -> onTimeout(opened), timeoutNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void onRunEnded() {
    boolean late = run.deadline().remainingNanos() == 0;
    count(late ? QueryOutcome.TIMEOUT : QueryOutcome.DROPPED);
    end();
  }

  /** Counts what came of the question; the first call tells. */
  private void count(QueryOutcome outcome) {
    if (!counted) {
      counted = true;
      counts.add(outcome, run.nanoTime() - startNanos);
    }
  }

  private void onTimeout(Channel opened) {
    if (channel == opened) {
      count(QueryOutcome.TIMEOUT);
      fail("no answer from " + text(server) + " within " + timeoutNanos / 1e9 + " s");
    }
  }

  private void onRegistered(Channel opened, @Nullable Throwable cause) {
    if (cause != null) {
      onError(opened, cause);
      return;
    }
    opened.connect(server).addListener(done -> onConnected(opened, done.cause()));
  }

  private void onConnected(Channel opened, @Nullable Throwable cause) {
    if (cause != null) {
      onError(opened, cause);
      return;
    }
    ByteBuf query = question.encode(opened.alloc());
    if (overTcp) {
      opened.write(opened.alloc().directBuffer(LENGTH_BYTES).writeShort(query.readableBytes()));
    }
    opened.writeAndFlush(query).addListener(done -> onWritten(opened, done.cause()));
  }

  private void onWritten(Channel opened, @Nullable Throwable cause) {
    if (cause != null) {
      onError(opened, cause);
    }
  }

  private void onAnswer(ByteBuf message) {
    if (!overTcp && DnsQuestion.isTruncated(message)) {
      end();
      begin(true);
      return;
    }
    DnsAnswer read;
    try {
      read = question.read(message);
    } catch (CorruptedFrameException e) {
      fail("malformed answer from " + text(server) + ": " + e.getMessage());
      return;
    }
    count(read.useless() ? QueryOutcome.USELESS : QueryOutcome.ANSWERED);
    end();
    answer.complete(read);
  }

  private void onError(Channel where, Throwable cause) {
    if (channel == where) {
      failToAsk(cause);
    }
  }

  private void failToAsk(Throwable cause) {
    String why =
        cause instanceof PortUnreachableException ? "nobody listens there" : cause.getMessage();
    Reason reason =
        ConnectErrors.isDescriptorShortage(cause) ? Reason.DESCRIPTORS : Reason.RESOLVER;
    fail(new ProbeFailure(Phase.RESOLVE, reason, "cannot ask " + text(server) + ": " + why, cause));
  }

  private void fail(String message) {
    fail(failure(message));
  }

  private void fail(ProbeFailure failure) {
    count(QueryOutcome.FAILED);
    end();
    answer.completeExceptionally(failure);
  }

  private void end() {
    Channel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Datagrams that do not answer the question are passed over: anybody can send them. */
  private final class DatagramAnswer extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
      if (channel == ctx.channel() && question.isAnsweredBy(packet.content())) {
        onAnswer(packet.content());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      onError(ctx.channel(), cause);
    }
  }

  private final class StreamAnswer extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
      if (channel != ctx.channel()) {
        return;
      }
      if (question.isAnsweredBy(message)) {
        onAnswer(message);
      } else {
        fail("an answer to another question from " + text(server));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      onError(ctx.channel(), new IOException("connection closed without an answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      onError(ctx.channel(), cause);
    }
  }
}
