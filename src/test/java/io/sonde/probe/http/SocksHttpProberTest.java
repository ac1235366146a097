package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.http.HttpSpecs.http;

import io.sonde.config.ProbeSpec;
import io.sonde.probe.Metric;
import io.sonde.testkit.RelayingProxy;
import org.junit.jupiter.api.Test;

/** What is demanded of every prober, with a SOCKS proxy on the way to http servers. */
class SocksHttpProberTest extends ProxiedProberContract {
  SocksHttpProberTest() {
    super(RelayingProxy.of("user", "geheim"));
  }

  @Override
  protected ProbeSpec spec() {
    return http().proxy("socks5://user:geheim@" + proxy().address()).spec();
  }

  @Test
  void theDialogueWithTheProxyIsAPhase() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROXY, PROCESSING, TRANSFER, CHECK)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "tls");
  }
}
