package io.sonde.testkit;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A probe about to be run, as a sentence: {@code probing(prober,
 * module).at("127.0.0.1:80").within(Duration.ofMillis(150)).failsIn(CONNECT, TIMEOUT)}.
 */
public final class Probing {
  /** So late that no working machine reaches it. */
  public static final Duration FAR = Duration.ofSeconds(25);

  private final ProbeRig rig;
  private final Prober prober;
  private final ModuleConfig module;
  private String target = "";
  private @Nullable String hostname;
  private Duration timeout = FAR;

  Probing(ProbeRig rig, Prober prober, ModuleConfig module) {
    this.rig = rig;
    this.prober = prober;
    this.module = module;
  }

  /** The target, as it stands in the request. */
  public Probing at(String address) {
    target = address;
    return this;
  }

  /** The {@code hostname} parameter. */
  public Probing asking(String name) {
    hostname = name;
    return this;
  }

  /** The effective timeout; {@link #FAR} if not said. */
  public Probing within(Duration limit) {
    timeout = limit;
    return this;
  }

  /** Starts it and returns at once. */
  public Running starts() {
    ProbeRequest request = new ProbeRequest(module, target, hostname, timeout);
    return rig.start(Running.start(rig.loop(), prober, request));
  }

  /** Runs it to its end, whatever that is. */
  public Outcome ends() {
    return starts().ends();
  }

  /** Runs it and demands that it passes. */
  public Outcome passes() {
    return ends().passed();
  }

  /** Runs it and demands that it fails there and so. */
  public Outcome failsIn(Phase phase, Reason reason) {
    return ends().failedIn(phase, reason);
  }
}
