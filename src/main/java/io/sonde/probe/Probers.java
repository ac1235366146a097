package io.sonde.probe;

import io.sonde.config.ModuleConfig;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Binds each module to the prober that runs it: the one class that knows every prober, and the
 * owner of what they share.
 */
public final class Probers implements AutoCloseable {
  /**
   * Makes what the probers share.
   *
   * @param maxBodyBytes how much of a body is kept for a check at most, where the module sets no
   *     limit of its own
   */
  public Probers(Loops loops, int maxBodyBytes) {}

  /** Compiles a module. Never fails: what cannot work is bound to a prober that says why. */
  public BoundModule bind(ModuleConfig module) {
    return new BoundModule(module, unusable("this build has no such prober"), List.of());
  }

  @Override
  public void close() {}

  private static Prober unusable(String why) {
    return run -> CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, why));
  }
}
