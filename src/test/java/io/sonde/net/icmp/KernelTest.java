package io.sonde.net.icmp;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.IcmpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.net.connect.LibC;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.Prober;
import io.sonde.probe.Verdict;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import io.sonde.testkit.Running;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the kernel answers to pings of this machine, by each kind of socket. Where a kind is not
 * allowed (one needs {@code net.ipv4.ping_group_range}, the other CAP_NET_RAW), the claim is that
 * pings fail and say what to set: nothing here needs a privilege.
 */
class KernelTest {
  private static final Duration SOON = Duration.ofMillis(150);
  private static final byte[] TEXT = new byte[28];

  @RegisterExtension final ProbeRig rig = new ProbeRig();
  private final Queue<EchoReply> replies = new ConcurrentLinkedQueue<>();

  static Stream<Arguments> sockets() {
    return Stream.of(SocketKind.values())
        .flatMap(kind -> Stream.of(Arguments.of(kind, "127.0.0.1"), Arguments.of(kind, "::1")));
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void thisMachineAnswers(SocketKind kind, String target) {
    passes(kind, order(target, null, 64, TEXT));
    assertTrue(replies.stream().allMatch(reply -> reply.hopLimit() == 64), replies::toString);
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void payloadsOfAllSizesComeBack(SocketKind kind, String target) {
    Prober[] probers =
        IntStream.of(1, 1_500, 20_000, EchoOrder.longestPayload(target.contains(":")), 0)
            .mapToObj(size -> order(target, null, 1, new byte[size]))
            .map(pinging(kind)::to)
            .toArray(Prober[]::new);
    for (Prober prober : probers) {
      passes(kind, prober, target);
    }
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void noPacketIsLonger(SocketKind kind, String target) {
    int longest = EchoOrder.longestPayload(target.contains(":"));
    EchoOrder order = order(target, null, 64, new byte[longest + 1]);
    if (isAllowed(kind)) {
      probing(pinging(kind).to(order), target)
          .failsIn(PROCESSING, CONFIG)
          .saying("a payload of at most " + longest);
    } else {
      passes(kind, order);
    }
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void theSystemsHopLimitDoesAsWell(SocketKind kind, String target) {
    passes(kind, order(target, null, 0, TEXT));
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void theSourceAddressIsUsed(SocketKind kind, String target) {
    passes(kind, order(target, target.contains(":") ? "::1" : "127.0.0.3", 64, TEXT));
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void aSourceAddressThatIsNotOurs(SocketKind kind, String target) {
    String source = target.contains(":") ? "2001:db8::1" : "192.0.2.1";
    if (isAllowed(kind)) {
      probing(pinging(kind).to(order(target, source, 64, TEXT)), target)
          .failsIn(SETUP, CONFIG)
          .saying("not an address of this machine");
    } else {
      passes(kind, order(target, source, 64, TEXT));
    }
  }

  /** DF needs a raw socket, and is for IPv4 only. */
  @ParameterizedTest
  @MethodSource("sockets")
  void unfragmentedPingsComeBackToo(SocketKind kind, String target) {
    EchoOrder order = new EchoOrder(Packets.address(target), null, 64, true, new byte[40_000]);
    passes(target.contains(":") ? kind : SocketKind.RAW, order);
  }

  /** It is 127.0.0.1 that answers. */
  @ParameterizedTest
  @EnumSource
  void theAnswerOfAnotherAddressIsNone(SocketKind kind) {
    EchoOrder order = order("0.0.0.0", null, 64, TEXT);
    if (isAllowed(kind)) {
      probing(pinging(kind).to(order), "0.0.0.0").within(SOON).failsIn(PROCESSING, TIMEOUT);
    } else {
      passes(kind, order);
    }
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void aThousandPingsAtOnceAreAllAnswered(SocketKind kind, String target) {
    Prober prober = pinging(kind).to(order(target, null, 64, TEXT));
    List<Running> all =
        IntStream.range(0, 1_000).mapToObj(i -> probing(prober, target).starts()).toList();
    if (isAllowed(kind)) {
      all.forEach(running -> running.ends().passed());
      assertEquals(1_000, replies.size());
    } else {
      all.forEach(running -> running.ends().failedIn(SETUP, CONFIG));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void whatIsAllowedIsUsed(String target) {
    Pings either = new Pings(new KernelSockets(SocketKind.DATAGRAM, SocketKind.RAW));
    Prober prober = either.to(order(target, null, 64, TEXT));
    if (isAllowed(SocketKind.DATAGRAM) || isAllowed(SocketKind.RAW)) {
      probing(prober, target).passes();
    } else {
      probing(prober, target).failsIn(SETUP, CONFIG).saying("net.ipv4.ping_group_range");
    }
  }

  @Test
  void whatIsAllowedIsKnownBefore() {
    String known = IcmpRights.ofProcess();
    if (isAllowed(SocketKind.DATAGRAM)) {
      assertEquals("dgram", known);
    } else if (isAllowed(SocketKind.RAW)) {
      assertEquals("raw", known);
    } else {
      assertNotEquals("dgram", known);
    }
  }

  private void passes(SocketKind kind, EchoOrder order) {
    passes(kind, pinging(kind).to(order), order.target().getHostAddress());
  }

  private void passes(SocketKind kind, Prober prober, String target) {
    if (isAllowed(kind)) {
      probing(prober, target).passes().inPhases(SETUP, PROCESSING);
    } else {
      probing(prober, target).failsIn(SETUP, CONFIG).inPhases(SETUP).saying("CAP_NET_RAW");
    }
  }

  /** Asked of the kernel itself. */
  private static boolean isAllowed(SocketKind kind) {
    int fd = LibC.socket(MessageMemory.AF_INET, kind == SocketKind.RAW ? 3 : 2, 1);
    return fd >= 0 && LibC.close(fd) == 0;
  }

  private static EchoOrder order(String target, @Nullable String source, int ttl, byte[] payload) {
    InetAddress from = source == null ? null : Packets.address(source);
    return new EchoOrder(Packets.address(target), from, ttl, false, payload);
  }

  private Pings pinging(SocketKind kind) {
    return new Pings(new KernelSockets(kind));
  }

  private Probing probing(Prober prober, String target) {
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, IcmpSpec.DEFAULT);
    return rig.probing(prober, module).at(target);
  }

  /** Probers that share sockets. */
  private final class Pings {
    private final Pinger pinger;

    Pings(SocketOpener opener) {
      pinger = new Pinger(opener, rig.closing(new BlockingWork()), new Sequence());
    }

    Prober to(EchoOrder order) {
      return run ->
          pinger
              .ping(run, order)
              .thenApply(
                  reply -> {
                    replies.add(reply);
                    return Verdict.PASSED;
                  });
    }
  }
}
