package io.sonde.net.policy;

import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import org.jspecify.annotations.Nullable;

/** Where runs ask before they contact anybody. */
public final class Gate {
  private Gate() {}

  /**
   * The failure of a run that its policy does not let pass, noted in its trail; null if it may go
   * on. Whoever is about to open a socket or to send a packet asks, for the very address.
   *
   * @param phase in which the run fails
   * @param hop which request of a chain of redirects, from 0
   */
  public static @Nullable ProbeFailure refusal(ProbeRun run, Remote remote, Phase phase, int hop) {
    String objection = run.policy().objection(remote);
    if (objection == null) {
      return null;
    }
    run.trail().warn("Blocked by target policy", "target", remote, "hop", hop, "rule", objection);
    return new ProbeFailure(
        phase,
        Reason.BLOCKED_BY_POLICY,
        "the target policy forbids "
            + remote
            + (hop == 0 ? "" : ", hop " + hop)
            + ": "
            + objection);
  }
}
