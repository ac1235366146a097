package io.sonde.probe.http;

import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.HeaderMemory;
import io.sonde.net.http.HttpTransport;
import io.sonde.net.proxy.ProxyEnvironment;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeClaims;
import io.sonde.testkit.Probing;
import java.time.Duration;

/** What tests of one side of the http prober have in common. */
abstract class HttpClaims extends ProbeClaims {
  /** How much of a body the probers of tests keep at most. */
  static final int MAX_BODY_BYTES = 1 << 20;

  Probing probing(HttpSpecs specs, Peer peer) {
    return probing(specs.spec(), "http://" + peer.address() + "/");
  }

  Probing probing(HttpSpecs specs, String target) {
    return probing(specs.spec(), target);
  }

  Probing probing(HttpSpec spec, String target) {
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, spec);
    return rig.probing(prober(network, spec), module).at(target);
  }

  Probing probing(HttpSpecs specs, String target, HeaderMemory headers) {
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, specs.spec());
    HttpProber prober =
        prober(network, specs.spec(), BodyMemory.ofHeap(), ProxyEnvironment.NONE, headers);
    return rig.probing(prober, module).at(target);
  }

  static HttpProber prober(Network network, HttpSpec spec) {
    return prober(network, spec, BodyMemory.ofHeap(), ProxyEnvironment.NONE, network.headers());
  }

  static HttpProber prober(Network network, HttpSpec spec, BodyMemory memory) {
    return prober(network, spec, memory, ProxyEnvironment.NONE, network.headers());
  }

  static HttpProber prober(Network network, HttpSpec spec, ProxyEnvironment environment) {
    return prober(network, spec, BodyMemory.ofHeap(), environment, network.headers());
  }

  private static HttpProber prober(
      Network network,
      HttpSpec spec,
      BodyMemory memory,
      ProxyEnvironment environment,
      HeaderMemory headers) {
    return new HttpProber(
        spec,
        new HttpServices(
            network.addresses(),
            new HttpTransport.Services(
                network.addresses().resolvers(),
                network.dialer(),
                network.tls(),
                environment,
                headers,
                ModuleFiles.anywhere(network.work())),
            network.work(),
            network.searches(),
            memory,
            MAX_BODY_BYTES));
  }

  Peer goodPeer() {
    return rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
  }

  Peer bodyPeer(int bytes) {
    return rig.closing(Peer.listening())
        .readsUntil(END_OF_HEAD)
        .reads(bytes)
        .sends(HttpPeer.ok("hello"))
        .closes();
  }

  Peer answering(String response) {
    return rig.closing(HttpPeer.answering(response));
  }

  Peer answering(byte[] response) {
    return rig.closing(HttpPeer.answering(response));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
