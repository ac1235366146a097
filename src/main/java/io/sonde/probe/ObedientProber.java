package io.sonde.probe;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A prober whose runs obey a target policy. The {@code hostname} parameter is judged at once, as
 * nobody connects to it: it is what the peer is told to be.
 */
record ObedientProber(Prober prober, TargetPolicy policy) implements Prober {
  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    String hostname = run.request().hostname();
    String objection =
        hostname == null || hostname.isEmpty() ? null : policy.objectionToName(hostname);
    if (objection != null) {
      return CompletableFuture.failedFuture(
          new ProbeFailure(
              Phase.SETUP,
              Reason.BLOCKED_BY_POLICY,
              "the target policy forbids the hostname " + hostname + ": " + objection));
    }
    run.obey(policy);
    return prober.probe(run);
  }
}
