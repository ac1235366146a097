package io.sonde.server;

import io.netty.channel.EventLoop;
import io.sonde.config.IcmpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Has each loop ping this machine before anybody measures with pings: it loads what that takes and
 * opens sockets. Beside {@link WarmUp}, as it needs the very loops of the daemon, which may listen
 * already. None of it is counted, logged or kept.
 */
public final class DryPing {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private DryPing() {}

  /**
   * Begins, if a module pings.
   *
   * @param binder compiles a module
   * @param table the modules that were loaded
   * @return completed when it is over, whatever came of it
   */
  public static CompletableFuture<Void> begin(
      Loops loops, Function<ModuleConfig, BoundModule> binder, ModuleTable table) {
    boolean pings =
        table.modules().values().stream()
            .anyMatch(module -> module.config().spec() instanceof IcmpSpec);
    if (!pings) {
      return CompletableFuture.completedFuture(null);
    }
    ModuleConfig module = ModuleConfig.of("icmp", TIMEOUT, IcmpSpec.DEFAULT);
    Prober prober = binder.apply(module).prober();
    // The second ping finds a socket that is open, which the first one did not.
    return CompletableFuture.allOf(
        loops.all().stream()
            .map(
                loop -> ping(loop, module, prober).thenCompose(first -> ping(loop, module, prober)))
            .toArray(CompletableFuture<?>[]::new));
  }

  private static CompletableFuture<Void> ping(EventLoop loop, ModuleConfig module, Prober prober) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    ProbeRequest request = new ProbeRequest(module, "127.0.0.1", null, TIMEOUT);
    try {
      loop.execute(() -> ProbeRun.start(0, request, prober, loop, result -> over.complete(null)));
    } catch (RejectedExecutionException ignored) {
      // The daemon was told to stop meanwhile.
      over.complete(null);
    }
    return over;
  }
}
