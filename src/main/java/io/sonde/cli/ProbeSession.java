package io.sonde.cli;

import io.sonde.config.FileFolders;
import io.sonde.config.PolicyPreset;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Probers;
import io.sonde.probe.TraceContext;
import io.sonde.server.DryPing;
import io.sonde.server.WarmUp;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Runs probes of one module, one after the other, outside a daemon. */
final class ProbeSession implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 32 << 20;

  private static final Duration READY_LIMIT = Duration.ofSeconds(2);

  private final Loops loops = Loops.start(1);
  private final Probers probers;
  private final BoundModule module;
  private long nextId;

  /**
   * Compiles the module, and warms up, lest the first probe bills the target for the loading of
   * classes.
   *
   * @param folders where its files may lie
   * @param demandedPolicy the target policy of the command line
   */
  ProbeSession(ModuleChoice choice, FileFolders folders, PolicyPreset demandedPolicy) {
    this.probers = new Probers(loops, MAX_BODY_BYTES, folders, demandedPolicy);
    ModuleTable table = probers.table(choice.config(), ModuleTable.EMPTY);
    this.module = Objects.requireNonNull(table.find(choice.module().name()));
    probers.prepare();
    WarmUp warmUp = new WarmUp(probers::bind, table);
    CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(warmUp::others);
    warmUp.plain(loops);
    meanwhile.join();
    DryPing.begin(loops, probers::bind, table).join();
    probers.awaitReady(READY_LIMIT);
  }

  /** Runs a probe and waits for its end, which an interruption brings about at once. */
  ProbeResult probe(ProbeRequest request, Interruption interruption) {
    CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    long id = nextId++;
    ProbeRequest traced =
        request.module().traceContext() ? request.in(TraceContext.begun()) : request;
    loops
        .next()
        .execute(
            () -> {
              ProbeRun run =
                  ProbeRun.start(id, traced, module.prober(), loops.next(), result::complete);
              interruption.onRaise(() -> run.loop().execute(run::abandon));
            });
    ProbeResult ended = result.join();
    interruption.onRaise(null);
    return ended;
  }

  @Override
  public void close() {
    loops.close();
    probers.close();
  }
}
