package io.sonde.net.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.sonde.config.ModuleConfig;
import io.sonde.config.TargetScheme;
import io.sonde.probe.LoopClock;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Remote;
import io.sonde.probe.Span;
import io.sonde.probe.Transport;
import io.sonde.probe.Verdict;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A loop that is busy must not bill that to the peers. The loop itself plays the peer: what it
 * sends in a task is there when the task ends, for all connections at once.
 */
class ReadStampTest {
  private static final int CONNECTIONS = 20;
  private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  @RegisterExtension final ProbeRig rig = new ProbeRig();
  private final List<Socket> peers = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();
  private final CompletableFuture<Verdict> allRead = new CompletableFuture<>();
  private ServerSocket listener;

  /** One read: what the stamp says, what the loop's clock says, and when it was really handled. */
  private record Read(long stampNanos, long eventNanos, long handledNanos) {}

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    for (Socket peer : peers) {
      peer.close();
    }
  }

  @Test
  void theLastOfManyIsNotBilledForTheHandlingOfThoseBefore() {
    readAll(new Dialer(rig.transport(), rig.transport()::newSocket, ArrivalTimes.unknown()), 0);
    long handlingNanos = spread(reads.stream().map(Read::handledNanos).toList());
    assertTrue(handlingNanos >= (CONNECTIONS - 1) * WORK_NANOS);
    assertEquals(0, spread(reads.stream().map(Read::eventNanos).toList()));
    assertEquals(0, spread(reads.stream().map(Read::stampNanos).toList()));
  }

  @Test
  void bytesThatWaitedForABusyLoopHaveTheTimeTheyCame() throws Exception {
    ArrivalTimes arrivals = ArrivalTimes.of(rig.transport());
    boolean known = arrivals.awaitLoaded();
    assertEquals(rig.transport() == Transport.EPOLL, known);
    long busyNanos = TimeUnit.MILLISECONDS.toNanos(300);
    long sentNanos =
        readAll(new Dialer(rig.transport(), rig.transport()::newSocket, arrivals), busyNanos);
    for (Read read : reads) {
      assertTrue(read.eventNanos >= sentNanos + busyNanos, read::toString);
      if (known) {
        assertTrue(read.stampNanos < sentNanos + busyNanos / 2, read::toString);
      } else {
        assertEquals(read.eventNanos, read.stampNanos);
      }
    }
  }

  @Test
  void aResetIsNotTakenForAnEndInGoodOrder() throws Exception {
    ArrivalTimes arrivals = ArrivalTimes.of(rig.transport());
    arrivals.awaitLoaded();
    Dialer dialer = new Dialer(rig.transport(), rig.transport()::newSocket, arrivals);
    CompletableFuture<Verdict> reset = new CompletableFuture<>();
    ChannelInboundHandlerAdapter handler =
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelInactive(ChannelHandlerContext ctx) {
            reset.completeExceptionally(new AssertionError("expected a reset, got an end"));
          }

          @Override
          public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            assertTrue(cause.toString().contains("reset"), cause::toString);
            reset.complete(Verdict.PASSED);
          }
        };
    CompletableFuture<Channel> stands = new CompletableFuture<>();
    Running running =
        rig.probing(
                run ->
                    connect(run, dialer, handler)
                        .thenCompose(
                            channel -> {
                              stands.complete(channel);
                              return reset;
                            }),
                ModuleConfig.empty("reset"))
            .starts();
    Socket peer = listener.accept();
    stands.get(30, TimeUnit.SECONDS);
    peer.setSoLinger(true, 0);
    peer.close();
    running.ends().passed();
  }

  @Test
  void aConnectionThatWaitedForABusyLoopHasTheTimeItTook() {
    long busyNanos = TimeUnit.MILLISECONDS.toNanos(300);
    List<Span> spans =
        rig.probing(
                run -> {
                  CompletableFuture<Channel> connected =
                      connect(run, new Dialer(rig.transport()), new ChannelInboundHandlerAdapter());
                  spin(busyNanos);
                  return connected.thenApply(channel -> Verdict.PASSED);
                },
                ModuleConfig.empty("busy"))
            .at("peer")
            .passes()
            .result()
            .spans();
    assertEquals(1, spans.size());
    assertEquals(Phase.CONNECT, spans.get(0).phase());
    if (rig.transport() == Transport.EPOLL) {
      assertTrue(spans.get(0).nanos() < busyNanos, spans::toString);
    }
  }

  @Test
  void tasksAndTimersHappenNow() {
    boolean later =
        rig.loop()
            .submit(
                () -> {
                  long before = rig.loop().ticker().nanoTime();
                  return LoopClock.eventNanos(rig.loop()) >= before;
                })
            .syncUninterruptibly()
            .getNow();
    assertTrue(later);
  }

  @Test
  void otherChannelsHaveNoStamp() {
    EmbeddedChannel other = new EmbeddedChannel();
    assertThrows(IllegalArgumentException.class, () -> ReadStamp.of(other));
    other.finishAndReleaseAll();
  }

  /** Reads one byte of each connection, sent at the returned time, after the loop was busy. */
  private long readAll(Dialer dialer, long busyNanos) {
    CompletableFuture<Long> sentNanos = new CompletableFuture<>();
    rig.probing(
            run -> {
              List<CompletableFuture<Channel>> connections = new ArrayList<>();
              for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(connect(run, dialer, new SlowReader(run)));
              }
              CompletableFuture.allOf(connections.toArray(new CompletableFuture<?>[0]))
                  .thenAcceptAsync(
                      all -> {
                        sentNanos.complete(run.nanoTime());
                        sendAll();
                        spin(busyNanos);
                      },
                      run.loop());
              return allRead;
            },
            ModuleConfig.empty("read"))
        .at("peers")
        .passes();
    return sentNanos.join();
  }

  private CompletableFuture<Channel> connect(
      ProbeRun run, Dialer dialer, ChannelInboundHandlerAdapter handler) {
    InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
    Remote remote = Remote.at(TargetScheme.TCP, "", address);
    return dialer.connect(run, remote, null, 0, handler).toCompletableFuture();
  }

  private void sendAll() {
    try {
      while (peers.size() < CONNECTIONS) {
        peers.add(listener.accept());
      }
      for (Socket peer : peers) {
        peer.getOutputStream().write(1);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long spread(List<Long> times) {
    long earliest = times.stream().mapToLong(time -> time).min().orElseThrow();
    long latest = times.stream().mapToLong(time -> time).max().orElseThrow();
    return latest - earliest;
  }

  /** Keeps the thread busy, as handling does. */
  private static void spin(long nanos) {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  private final class SlowReader extends ChannelInboundHandlerAdapter {
    private final ProbeRun run;

    SlowReader(ProbeRun run) {
      this.run = run;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
      reads.add(
          new Read(ReadStamp.of(ctx.channel()).lastReadNanos(), run.eventNanos(), run.nanoTime()));
      spin(WORK_NANOS);
      if (reads.size() == CONNECTIONS) {
        allRead.complete(Verdict.PASSED);
      }
    }
  }
}
