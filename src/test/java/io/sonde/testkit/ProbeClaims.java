package io.sonde.testkit;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests of probers have at hand: somebody who runs probes, and what probers are made of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ProbeClaims {
  /** Short, and never an upper bound of anything. */
  protected static final Duration SOON = Duration.ofMillis(150);

  /** Runs probes and watches over them. */
  @RegisterExtension protected final ProbeRig rig = new ProbeRig();

  /** What the prober is made of. */
  protected final Network network = new Network();

  @AfterAll
  void closeNetwork() {
    network.close();
  }
}
