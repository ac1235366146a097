package io.sonde.testkit;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.Reason.TIMEOUT;

import io.sonde.probe.Metric;
import org.junit.jupiter.api.Test;

/** What is demanded, beside all else, of every prober that connects to a host and port. */
public abstract class ProberContract extends ResolvingContract {
  @Test
  protected void aRefusedConnectionIsAConnectFailure() {
    DeadEnd end = rig.closing(DeadEnd.refusing());
    probing(end.address())
        .failsIn(CONNECT, REFUSED)
        .inPhases(RESOLVE, CONNECT)
        .shows(4, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  protected void aConnectionThatIsNeverAcceptedIsALateConnect() {
    DeadEnd end = rig.closing(DeadEnd.blackHole());
    probing(end.address())
        .within(SOON)
        .failsIn(CONNECT, TIMEOUT)
        .lastedAtLeast(SOON)
        .inPhases(RESOLVE, CONNECT);
  }

  @Test
  protected void theCallerMayLeaveDuringTheConnect() {
    DeadEnd end = rig.closing(DeadEnd.blackHole());
    probing(end.address()).starts().reaches(CONNECT).isAbandoned().ends().wasAbandoned();
  }
}
