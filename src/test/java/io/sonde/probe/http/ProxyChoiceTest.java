package io.sonde.probe.http;

import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.http.HttpSpecs.http;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.net.proxy.ProxyEnvironment;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.Probing;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests go through a proxy. */
class ProxyChoiceTest extends HttpClaims {
  @Test
  void aBareProxyUrlIsForEverything() {
    Peer server = saying("direct");
    assertGoesThroughProxy(http(), "http://" + server.address() + "/");
    assertGoesThroughProxy(http().leavingNamesToProxy(), "http://localhost/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"example", Network.GOOD_NAME, ".example", "*", "127.0.0.0/8", "x.org"})
  void anExceptionIsTheNameAsWrittenOrItsAddress(String exceptions) {
    // The name means a loopback address, which is always an exception where there are any.
    Peer server = saying("direct");
    String target = "http://" + Network.GOOD_NAME + ":" + server.port() + "/";
    probing(
            http().proxy("http://127.0.0.1:1").noProxy(exceptions).failIfBodyNotMatches("^direct$"),
            target)
        .passes();
  }

  @Test
  void aNameIsAnExceptionThoughNobodyResolvesIt() {
    Peer server = saying("direct");
    String target = "http://" + Network.GOOD_NAME + ":" + server.port() + "/";
    HttpSpecs specs = http().leavingNamesToProxy().failIfBodyNotMatches("^direct$");
    probing(specs.proxy("http://127.0.0.1:1").noProxy(Network.GOOD_NAME), target).passes();
    assertGoesThroughProxy(http().leavingNamesToProxy().noProxy("x.org,127.0.0.0/8"), target);
  }

  @Test
  void exceptionsMayBeForOnePort() {
    Peer server = saying("direct");
    String target = "http://other.example:" + server.port() + "/";
    assertGoesThroughProxy(http().leavingNamesToProxy().noProxy("other.example:1"), target);
  }

  @Test
  void eachHopDecidesByItsOwnHost() {
    Peer server = saying("direct");
    Peer proxy =
        rig.closing(
            HttpPeer.answering(
                HttpPeer.redirect(302, "http://" + Network.GOOD_NAME + ":" + server.port() + "/")));
    probing(
            http()
                .leavingNamesToProxy()
                .proxy("http://" + proxy.address())
                .noProxy(Network.GOOD_NAME)
                .failIfBodyNotMatches("^direct$"),
            "http://other.example/")
        .passes();
    assertEquals(1, proxy.connections());
  }

  @Test
  void theEnvironmentMayDecide() {
    Peer proxy = saying("proxied");
    ProxyEnvironment environment = new ProxyEnvironment(proxy.address(), "", "", false);
    probing(http().proxyFromEnvironment().failIfBodyNotMatches("^proxied$"), environment)
        .at("http://192.0.2.1/")
        .passes();
  }

  @Test
  void theEnvironmentSaysNothingUnlessAsked() {
    Peer server = saying("direct");
    ProxyEnvironment environment =
        new ProxyEnvironment("http://127.0.0.1:1", "http://127.0.0.1:1", "", false);
    probing(http(), environment).at("http://" + server.address() + "/").passes();
  }

  @Test
  void theLocalHostNeedsNoProxyOfTheEnvironment() {
    Peer server = saying("direct");
    ProxyEnvironment environment = new ProxyEnvironment("http://127.0.0.1:1", "", "", false);
    probing(http().proxyFromEnvironment(), environment)
        .at("http://" + server.address() + "/")
        .passes();
  }

  @Test
  void theEnvironmentKnowsAProxyForEachScheme() {
    Peer proxy = saying("proxied");
    ProxyEnvironment environment =
        new ProxyEnvironment("http://" + proxy.address(), "http://127.0.0.1:65536", "", false);
    probing(http().proxyFromEnvironment(), environment).at("http://192.0.2.1/").passes();
  }

  @Test
  void aProgramOfAWebServerDoesNotTrustTheVariableForHttp() {
    ProxyEnvironment environment =
        new ProxyEnvironment("http://127.0.0.1:1", "", "192.0.2.1", true);
    probing(http().proxyFromEnvironment(), environment)
        .at("http://192.0.2.1/")
        .failsIn(SETUP, CONFIG)
        .saying("REQUEST_METHOD");
  }

  private void assertGoesThroughProxy(HttpSpecs specs, String target) {
    Peer proxy = saying("proxied");
    probing(specs.proxy("http://" + proxy.address()).failIfBodyNotMatches("^proxied$"), target)
        .passes();
  }

  private Peer saying(String body) {
    return rig.closing(HttpPeer.answering(HttpPeer.ok(body)));
  }

  private Probing probing(HttpSpecs specs, ProxyEnvironment environment) {
    HttpSpec spec = specs.spec();
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, spec);
    return rig.probing(prober(network, spec, environment), module);
  }
}
