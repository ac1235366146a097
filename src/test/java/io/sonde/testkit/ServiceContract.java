package io.sonde.testkit;

import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sonde.config.ModuleConfig;
import io.sonde.config.ProbeSpec;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is demanded of every prober that talks to a peer, however it finds it. A subclass tells how
 * to make the prober, what a good peer does, and which phases a peer can spoil; it inherits the
 * claims. Beside what each claim says, {@link ProbeRig} demands after every one of them that each
 * run settled exactly once and kept the rules of every result, and that no channel, timer or buffer
 * is left.
 *
 * <p>A subclass is called {@code ...ProberTest}: those are run a second time without native code.
 */
public abstract class ServiceContract extends ProbeClaims {
  private static final int MANY = 50;

  /** The parameters of the module under test. */
  protected abstract ProbeSpec spec();

  /** The prober for such parameters, made of the parts of {@link #network}. */
  protected abstract Prober bind(ProbeSpec spec);

  /** Gives {@code peer} a script with which the probe passes. */
  protected abstract void isGood(Peer peer);

  /** The phases after the connection stands in which a peer can let the probe down. */
  protected abstract List<Stage> stages();

  /** The target for a peer at {@code host:port}. */
  protected String target(String address) {
    return address;
  }

  /** In how much time a probe surely comes into the middle of each of its stages. */
  protected Duration timeToReachStages() {
    return SOON;
  }

  /**
   * A phase that depends on the peer.
   *
   * @param leadsTo the script that brings a probe into the middle of the phase, and no further
   * @param onReset why the probe fails if the peer then resets the connection
   * @param onClose why the probe fails if the peer then closes it in good order
   */
  protected record Stage(Phase phase, Consumer<Peer> leadsTo, Reason onReset, Reason onClose) {
    /** A phase in which any end of the connection comes too early. */
    public static Stage in(Phase phase, Consumer<Peer> leadsTo) {
      return new Stage(phase, leadsTo, CLOSED, CLOSED);
    }

    private Peer peer() {
      Peer peer = Peer.listening();
      leadsTo.accept(peer);
      return peer;
    }

    @Override
    public String toString() {
      return phase.label();
    }
  }

  @Test
  protected void aGoodPeerPasses() {
    Peer peer = goodPeer();
    Outcome outcome = probing(peer).passes().shows(1, Metric.PROBE_SUCCESS);
    SeriesCount.of(outcome.result()).isAsUsual();
  }

  @Test
  protected void manyProbesAtOncePass() {
    Peer peer = goodPeer();
    List<Running> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(probing(peer).starts());
    }
    all.forEach(running -> running.ends().passed());
    peer.connection(MANY - 1);
    assertEquals(MANY, peer.connections());
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("stages")
  protected void aPeerThatFallsSilentMakesThePhaseLate(Stage stage) {
    Peer peer = rig.closing(stage.peer());
    Duration soon = timeToReachStages();
    Outcome outcome = probing(peer).within(soon).failsIn(stage.phase, TIMEOUT).lastedAtLeast(soon);
    assertBrokeOffIn(stage.phase, outcome);
    peer.connection(0).awaitEnd();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("stages")
  protected void aPeerThatResetsFailsThePhase(Stage stage) {
    Peer peer = rig.closing(stage.peer().waitsForCue().resets());
    Running running = probing(peer).starts().reaches(stage.phase);
    // A reset throws away what the other side has not read yet.
    peer.cue();
    assertBrokeOffIn(stage.phase, running.ends().failedIn(stage.phase, stage.onReset));
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("stages")
  protected void aPeerThatClosesFailsThePhase(Stage stage) {
    Peer peer = rig.closing(stage.peer().closes());
    assertBrokeOffIn(stage.phase, probing(peer).failsIn(stage.phase, stage.onClose));
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("stages")
  protected void theCallerMayLeaveInEveryPhase(Stage stage) {
    Peer peer = rig.closing(stage.peer());
    probing(peer).starts().reaches(stage.phase).isAbandoned().ends().wasAbandoned();
    peer.connection(0).awaitEnd();
  }

  /** A sentence about a probe of {@code peer}. */
  protected final Probing probing(Peer peer) {
    return probing(peer.address());
  }

  /** A sentence about a probe of {@code host:port}. */
  protected final Probing probing(String address) {
    return probing(spec(), address);
  }

  /** A sentence about a probe with other parameters. */
  protected final Probing probing(ProbeSpec spec, String address) {
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, spec);
    return rig.probing(bind(spec), module).at(target(address));
  }

  /** A peer with which the probe passes; closed with the test. */
  protected final Peer goodPeer() {
    Peer peer = rig.closing(Peer.listening());
    isGood(peer);
    return peer;
  }

  private static void assertBrokeOffIn(Phase phase, Outcome outcome) {
    List<Span> spans = outcome.result().spans();
    Span last = spans.get(spans.size() - 1);
    assertEquals(phase, last.phase());
    assertFalse(last.completed(), last::toString);
  }
}
