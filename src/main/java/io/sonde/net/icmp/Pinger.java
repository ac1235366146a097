package io.sonde.net.icmp;

import io.netty.channel.EventLoop;
import io.sonde.config.TargetScheme;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.policy.Gate;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends echo requests and waits for their replies. Every event loop has sockets of its own, one for
 * each combination of address family, source address and DF that its probes need; they are opened
 * when first needed, off the loop, and stay open until the loop ends.
 */
public final class Pinger {
  /** One loop has no more sockets; before another one is opened, one that rests is closed. */
  static final int MAX_SOCKETS = 32;

  private final SocketOpener opener;
  private final BlockingWork work;
  private final Sequence sequence;
  private final ConcurrentMap<EventLoop, LoopSockets> loops = new ConcurrentHashMap<>();

  /** Pings over sockets of this machine; {@code work} opens them. */
  public Pinger(BlockingWork work) {
    this(new KernelSockets(SocketKind.DATAGRAM, SocketKind.RAW), work, new Sequence());
  }

  Pinger(SocketOpener opener, BlockingWork work, Sequence sequence) {
    this.opener = opener;
    this.work = work;
    this.sequence = sequence;
  }

  /**
   * Sends a request. Must be called on {@code run.loop()}, where the stage completes: with the
   * reply, or with a {@link ProbeFailure}: of phase {@link Phase#SETUP} if there is no socket for
   * it or the target policy of the run objects, of phase {@link Phase#PROCESSING} if it could not
   * be sent or somebody on the way says that it did not arrive. The run's timeline goes through
   * these phases; the second ends when the kernel received the reply. When the run ends earlier the
   * request is forgotten.
   */
  public CompletionStage<EchoReply> ping(ProbeRun run, EchoOrder order) {
    assert run.loop().inEventLoop();
    if (run.timeline().open() != Phase.SETUP) {
      run.timeline().enter(Phase.SETUP, 0, run.nanoTime());
    }
    Ping ping = new Ping(run, order);
    Remote remote = Remote.at(TargetScheme.ICMP, run.request().target(), order.target());
    ProbeFailure refusal = Gate.refusal(run, remote, Phase.SETUP, 0);
    if (refusal != null) {
      ping.failed(refusal);
      return ping.result();
    }
    SharedSocket shared =
        loops.computeIfAbsent(run.loop(), LoopSockets::new).forPings(order.socket());
    if (shared == null) {
      ping.failed(
          Reason.DESCRIPTORS,
          "all " + MAX_SOCKETS + " ICMP sockets are in use, with as many source addresses");
      return ping.result();
    }
    run.onSettle(() -> shared.forget(ping));
    shared.ping(ping);
    return ping.result();
  }

  /** The sockets of one loop, confined to it; those used least recently first. */
  private final class LoopSockets {
    private final EventLoop loop;
    private final Map<SocketKey, SharedSocket> sockets = new LinkedHashMap<>(4, 0.75f, true);

    LoopSockets(EventLoop loop) {
      this.loop = loop;
    }

    @Nullable SharedSocket forPings(SocketKey key) {
      SharedSocket known = sockets.get(key);
      if (known != null || (sockets.size() >= MAX_SOCKETS && !closeOne())) {
        return known;
      }
      SharedSocket made =
          new SharedSocket(loop, key, sequence, (user, tag) -> open(key, user, tag));
      sockets.put(key, made);
      return made;
    }

    private void open(SocketKey key, SharedSocket user, int tag) {
      work.call(loop, () -> opener.open(loop, key, tag))
          .whenComplete(
              (socket, error) -> {
                if (error == null) {
                  user.opened(socket);
                } else {
                  Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                  user.notOpened(cause == null ? error : cause);
                }
              });
    }

    private boolean closeOne() {
      for (Iterator<SharedSocket> all = sockets.values().iterator(); all.hasNext(); ) {
        SharedSocket one = all.next();
        if (one.isIdle()) {
          all.remove();
          one.close();
          return true;
        }
      }
      return false;
    }
  }
}
