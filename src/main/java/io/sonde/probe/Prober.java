package io.sonde.probe;

import java.util.concurrent.CompletionStage;

/**
 * Runs one kind of probe for one module. Holds what was compiled at load (TLS contexts, templates,
 * checks) and no state of any run; one instance serves all loops.
 */
public interface Prober {
  /**
   * Begins the probe. Called on {@code run.loop()}; returns at once, never blocks, never throws.
   * The stage completes on that loop, with a verdict or exceptionally with a {@link ProbeFailure}.
   * If the run is settled by its timer or its caller first, whatever was registered with {@link
   * ProbeRun#onSettle} ends the work, and the stage's outcome is ignored.
   */
  CompletionStage<Verdict> probe(ProbeRun run);
}
