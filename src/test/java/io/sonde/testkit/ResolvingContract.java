package io.sonde.testkit;

import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.TIMEOUT;

import io.sonde.probe.Metric;
import org.junit.jupiter.api.Test;

/** What is demanded, beside all else, of every prober that finds its peer by name. */
public abstract class ResolvingContract extends ServiceContract {
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
}
