package io.sonde.testkit;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.Reason.TIMEOUT;

import io.sonde.probe.Metric;
import org.junit.jupiter.api.Test;

/** What is demanded, beside all else, of every prober that finds its peer by host and port. */
public abstract class ProberContract extends ServiceContract {
  @Test
  protected void aGoodPeerPassesWhenItIsFoundByName() {
    Peer peer = goodPeer();
    probing(Network.GOOD_NAME + ":" + peer.port())
        .passes()
        .shows(4, Metric.PROBE_IP_PROTOCOL)
        .shows(3668918509.0, Metric.PROBE_IP_ADDR_HASH);
  }

  @Test
  protected void aNameThatDoesNotExistIsNotFound() {
    probing(Network.UNKNOWN_NAME + ":80")
        .failsIn(RESOLVE, NAME_NOT_FOUND)
        .inPhases(RESOLVE)
        .shows(0, Metric.PROBE_IP_PROTOCOL)
        .shows(0, Metric.PROBE_IP_ADDR_HASH)
        .has(Metric.PROBE_DNS_LOOKUP_TIME_SECONDS);
  }

  @Test
  protected void aSilentNameServerIsALateResolution() {
    probing(Network.SILENT_NAME + ":80")
        .within(SOON)
        .failsIn(RESOLVE, TIMEOUT)
        .lastedAtLeast(SOON)
        .inPhases(RESOLVE)
        .shows(0, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  protected void theCallerMayLeaveDuringResolution() {
    probing(Network.SILENT_NAME + ":80")
        .starts()
        .reaches(RESOLVE)
        .isAbandoned()
        .ends()
        .wasAbandoned();
  }

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
