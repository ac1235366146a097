package io.sonde.probe.http;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Reason.TIMEOUT;

import io.sonde.probe.Reason;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.RelayingProxy;
import org.junit.jupiter.api.AfterAll;

/** The same through a proxy, behind which trouble with the target is trouble of the proxy. */
abstract class ProxiedProberContract extends HttpProberContract {
  private final RelayingProxy proxy;

  ProxiedProberContract(RelayingProxy proxy) {
    this.proxy = proxy;
  }

  final RelayingProxy proxy() {
    return proxy;
  }

  @AfterAll
  void closeProxy() {
    proxy.close();
  }

  @Override
  protected void aRefusedConnectionIsAConnectFailure() {
    DeadEnd end = rig.closing(DeadEnd.refusing());
    probing(end.address()).failsIn(PROXY, Reason.PROXY).inPhases(RESOLVE, CONNECT, PROXY);
  }

  @Override
  protected void aConnectionThatIsNeverAcceptedIsALateConnect() {
    DeadEnd end = rig.closing(DeadEnd.blackHole());
    probing(end.address())
        .within(SOON)
        .failsIn(PROXY, TIMEOUT)
        .lastedAtLeast(SOON)
        .inPhases(RESOLVE, CONNECT, PROXY);
  }

  @Override
  protected void theCallerMayLeaveDuringTheConnect() {
    DeadEnd end = rig.closing(DeadEnd.blackHole());
    probing(end.address()).starts().reaches(PROXY).isAbandoned().ends().wasAbandoned();
  }
}
