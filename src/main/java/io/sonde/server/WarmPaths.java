package io.sonde.server;

import io.netty.channel.EventLoop;
import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.ProbeSpec;
import io.sonde.config.QueryResponse;
import io.sonde.config.TcpSpec;
import io.sonde.config.UnixSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which paths of the daemon are warm. It listens when those of plain connections are, and warms the
 * others while the first scrapes are answered; a probe that encrypts, or whose prober is none of
 * http, tcp and unix, begins when that is done, so that the loading of classes is never billed to
 * its target.
 */
public final class WarmPaths {
  private final CompletableFuture<Void> others = new CompletableFuture<>();

  /** Only those of plain connections. */
  public WarmPaths() {}

  /** Every path. */
  static WarmPaths all() {
    WarmPaths paths = new WarmPaths();
    paths.allAreWarm();
    return paths;
  }

  /** Whether no probe has to wait any more. */
  boolean areAllWarm() {
    return others.isDone();
  }

  /** Lets the probes begin that wait. */
  public void allAreWarm() {
    others.complete(null);
  }

  /**
   * Runs {@code action} on {@code loop} as soon as the path is warm that the probe will take: at
   * once, if it is by now.
   *
   * @param action is told for how many seconds it waited
   */
  void whenWarm(ModuleConfig module, String target, EventLoop loop, DoubleConsumer action) {
    if (others.isDone() || !needsOthers(module.spec(), target)) {
      action.accept(0);
      return;
    }
    long sinceNanos = loop.ticker().nanoTime();
    others.thenRunAsync(() -> action.accept((loop.ticker().nanoTime() - sinceNanos) / 1e9), loop);
  }

  private static boolean needsOthers(@Nullable ProbeSpec spec, String target) {
    if (spec instanceof HttpSpec http) {
      return http.enableHttp3() || hasScheme(target, "https:");
    }
    if (spec instanceof TcpSpec tcp) {
      return tcp.tls() || upgrades(tcp.queryResponse());
    }
    if (spec instanceof UnixSpec unix) {
      return unix.tls() || upgrades(unix.queryResponse());
    }
    return spec != null;
  }

  private static boolean upgrades(List<QueryResponse> dialogue) {
    return dialogue.stream().anyMatch(QueryResponse::startTls);
  }

  private static boolean hasScheme(String target, String scheme) {
    return target.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
