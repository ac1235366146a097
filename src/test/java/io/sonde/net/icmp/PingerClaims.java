package io.sonde.net.icmp;

import io.sonde.config.IcmpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.icmp.ScriptedSocket.Sent;
import io.sonde.probe.Verdict;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests of pings over scripted sockets share. */
abstract class PingerClaims {
  static final Duration SOON = Duration.ofMillis(150);
  static final InetAddress TARGET = Packets.address("192.0.2.7");
  static final InetAddress OTHER = Packets.address("192.0.2.8");
  static final byte[] PAYLOAD = {1, 2, 3};

  @RegisterExtension final ProbeRig rig = new ProbeRig();

  static ScriptedSockets answeringLater(Consumer<Sent> holder) {
    return new ScriptedSockets(
        SocketKind.RAW,
        sent -> {
          holder.accept(sent);
          return 0;
        });
  }

  void onLoop(Runnable work) {
    rig.loop().submit(work).syncUninterruptibly();
  }

  BlockingWork work() {
    return rig.closing(new BlockingWork());
  }

  Pinger pinger(ScriptedSockets sockets) {
    return sockets.pinger(work());
  }

  Probing probing(ScriptedSockets sockets) {
    return probing(pinger(sockets), TARGET, null);
  }

  Probing probing(Pinger pinger, InetAddress target, @Nullable InetAddress source) {
    EchoOrder order = new EchoOrder(target, source, 7, false, PAYLOAD);
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, IcmpSpec.DEFAULT);
    return rig.probing(run -> pinger.ping(run, order).thenApply(reply -> Verdict.PASSED), module);
  }
}
