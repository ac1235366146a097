package io.sonde.probe.websocket;

import static io.sonde.testkit.WebsocketPeer.accepts;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.ModuleConfig;
import io.sonde.config.WebsocketSpec;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.HttpTransport;
import io.sonde.net.proxy.ProxyEnvironment;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeClaims;
import io.sonde.testkit.Probing;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What tests of one side of the websocket prober have in common. */
abstract class WebsocketClaims extends ProbeClaims {
  /** What a message may have in tests. */
  static final int MAX_MESSAGE_BYTES = 1 << 20;

  /** A probe of {@code peer} by a module with these lines. */
  Probing probing(String yaml, Peer peer) {
    return probing(yaml, "ws://" + peer.address() + "/chat?room=1");
  }

  Probing probing(String yaml, String target) {
    return probing(yaml, target, BodyMemory.ofHeap());
  }

  Probing probing(String yaml, String target, BodyMemory memory) {
    ModuleConfig module = module(yaml);
    return rig.probing(prober(network, module.websocket(), memory), module).at(target);
  }

  /** A peer that agrees to the upgrade and then sends these bytes. */
  Peer saying(byte[] frames) {
    return accepts(rig.closing(Peer.listening())).sends(frames);
  }

  static WebsocketProber prober(Network network, WebsocketSpec spec, BodyMemory memory) {
    return new WebsocketProber(
        spec,
        network.addresses(),
        new HttpTransport.Services(
            network.addresses().resolvers(),
            network.dialer(),
            network.tls(),
            ProxyEnvironment.NONE,
            network.headers(),
            ModuleFiles.anywhere(network.work())),
        network.work(),
        network.searches(),
        memory,
        MAX_MESSAGE_BYTES);
  }

  /** The parameters that these lines mean. */
  static WebsocketSpec spec(String yaml) {
    return module(yaml).websocket();
  }

  private static ModuleConfig module(String yaml) {
    String text =
        yaml.isEmpty()
            ? "modules: {test: {prober: websocket}}\n"
            : "modules:\n  test:\n    prober: websocket\n    websocket:\n" + yaml.indent(6);
    try {
      return Objects.requireNonNull(
          ConfigLoader.parse("test", text.getBytes(StandardCharsets.UTF_8)).modules().get("test"));
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
