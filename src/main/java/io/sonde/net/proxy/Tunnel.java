package io.sonde.net.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.sonde.net.connect.ConnectErrors;
import io.sonde.net.connect.ReadStamp;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a proxy to forward a connection. The dialogue is the phase {@link Phase#PROXY}; the run's
 * deadline is its only clock. Use it once: hand it to whoever dials the proxy, and {@link #open}
 * the tunnel when the connection stands. Confined to the channel's loop.
 */
public abstract class Tunnel extends ChannelInboundHandlerAdapter {
  private final ProbeRun run;
  private final int hop;
  private final ProxyServer proxy;
  private final CompletableFuture<Channel> opened = new CompletableFuture<>();
  private @Nullable ByteBuf unread;
  private boolean begun;

  Tunnel(ProbeRun run, int hop, ProxyServer proxy) {
    this.run = run;
    this.hop = hop;
    this.proxy = proxy;
  }

  /**
   * A tunnel by HTTP CONNECT (RFC 9110, section 9.3.6).
   *
   * @param authority {@code host:port} of the target, an IPv6 address in brackets
   * @param lines all header lines but {@code Host}, each with its line break; valid as they are
   */
  public static Tunnel byHttp(
      ProbeRun run, int hop, ProxyServer proxy, String authority, byte[] lines) {
    return new HttpTunnel(run, hop, proxy, authority, lines);
  }

  /**
   * A tunnel by SOCKS 5 (RFC 1928, RFC 1929).
   *
   * @param host name or address of the target, without brackets; a name is resolved by the proxy
   */
  public static Tunnel bySocks(ProbeRun run, int hop, ProxyServer proxy, String host, int port) {
    return new SocksTunnel(run, hop, proxy, host, port);
  }

  /**
   * Begins the dialogue on {@code channel}, in whose pipeline this handler is. The stage completes
   * with the channel when what is written to it goes to the target; this handler has then left.
   * Whoever waits for it must add its own handlers before it returns. It fails with a {@link
   * ProbeFailure} of phase {@link Phase#PROXY}, and the channel is then closed.
   */
  public final CompletionStage<Channel> open(Channel channel) {
    begun = true;
    run.timeline().enter(Phase.PROXY, hop, run.nanoTime());
    if (!channel.isActive()) {
      fail(Reason.CLOSED, "closed the connection");
      return opened;
    }
    try {
      channel.writeAndFlush(greeting(channel.alloc()));
    } catch (ProbeFailure e) {
      channel.close();
      opened.completeExceptionally(e);
    }
    return opened;
  }

  /** What is said first. */
  abstract ByteBuf greeting(ByteBufAllocator allocator);

  /**
   * Takes from {@code in} what can be understood so far. Ends by {@link #established}, {@link
   * #refused}, or waits for more.
   */
  abstract void read(ChannelHandlerContext ctx, ByteBuf in);

  /** Whether what follows the proxy's last word belongs to the target. */
  abstract boolean passesOnTheRest();

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes) || !begun || opened.isDone()) {
      ReferenceCountUtil.release(message);
      return;
    }
    ByteBuf known = unread;
    if (known == null) {
      unread = bytes;
      read(ctx, bytes);
    } else {
      known.writeBytes(bytes);
      bytes.release();
      read(ctx, known);
    }
    if (unread != null && !unread.isReadable()) {
      unread.release();
      unread = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (begun) {
      fail(Reason.CLOSED, "closed the connection");
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!begun) {
      return; // Whoever opens the connection sees its troubles before there is a dialogue.
    }
    boolean byTls = cause instanceof SSLException || cause.getCause() instanceof SSLException;
    fail(byTls ? Reason.TLS : Reason.CLOSED, "broke the connection: " + ConnectErrors.words(cause));
    ctx.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (unread != null) {
      unread.release();
      unread = null;
    }
  }

  /** The proxy forwards from now on. */
  final void established(ChannelHandlerContext ctx) {
    if (!run.settled()) {
      run.timeline().complete(ReadStamp.of(ctx.channel()).lastReadNanos());
    }
    ByteBuf rest = unread;
    unread = null;
    Channel channel = ctx.channel();
    ctx.pipeline().remove(this);
    opened.complete(channel);
    if (rest != null && rest.isReadable() && passesOnTheRest()) {
      channel.pipeline().fireChannelRead(rest);
    } else if (rest != null) {
      rest.release();
    }
  }

  /** The proxy does not forward. */
  final void refused(ChannelHandlerContext ctx, Reason reason, String what) {
    fail(reason, what);
    ctx.close();
  }

  private void fail(Reason reason, String what) {
    if (!run.settled() && !opened.isDone()) {
      run.timeline().abandon(run.eventNanos());
    }
    opened.completeExceptionally(
        new ProbeFailure(Phase.PROXY, reason, "the proxy " + proxy + ' ' + what));
  }

  final ProxyServer proxy() {
    return proxy;
  }
}
