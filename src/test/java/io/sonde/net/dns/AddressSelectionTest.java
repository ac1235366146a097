package io.sonde.net.dns;

import static io.sonde.probe.Metric.PROBE_DNS_LOOKUP_TIME_SECONDS;
import static io.sonde.probe.Metric.PROBE_IP_ADDR_HASH;
import static io.sonde.probe.Metric.PROBE_IP_PROTOCOL;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.RESOLVER;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.util.NetUtil;
import io.sonde.config.IpPreference;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.Trail;
import io.sonde.probe.Verdict;
import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AddressSelectionTest {
  private static final IpPreference IP6 = new IpPreference("ip6", false);
  private static final IpPreference IP4 = new IpPreference("ip4", false);
  private static final IpPreference IP6_FIRST = new IpPreference("", true);
  private static final IpPreference IP4_FIRST = new IpPreference("ip4", true);

  @RegisterExtension final ProbeRig rig = new ProbeRig();
  @TempDir Path directory;
  private DnsPeer peer;
  private AddressSelection selection;
  private volatile @Nullable InetAddress chosen;
  private volatile long leftAtStartNanos;

  @BeforeEach
  void open() {
    peer = rig.closing(DnsPeer.listening());
    selection = new AddressSelection(new LookupRig(rig, directory, peer).resolvers());
  }

  @Test
  void theFirstAddressOfThePreferredFamilyIsChosen() {
    peer.on(
        "web.example.", DnsPeer.addresses("192.0.2.9", "192.0.2.1", "2001:db8::9", "2001:db8::1"));
    assertEquals("2001:db8::9", choose("web.example", IP6_FIRST));
    assertEquals("2001:db8::9", choose("web.example", IP6));
    assertEquals("192.0.2.9", choose("web.example", IP4_FIRST));
    assertEquals("192.0.2.9", choose("web.example", IP4));
  }

  @Test
  void fallbackTakesTheFirstAddressOfTheOtherFamily() {
    peer.on("four.example.", DnsPeer.addresses("192.0.2.9", "192.0.2.1"));
    peer.on("six.example.", DnsPeer.addresses("2001:db8::9", "2001:db8::1"));
    assertEquals("192.0.2.9", choose("four.example", IP6_FIRST));
    assertEquals("2001:db8::9", choose("six.example", IP4_FIRST));
  }

  @Test
  void withoutFallbackTheOtherFamilyWillNotDo() {
    peer.on("four.example.", DnsPeer.addresses("192.0.2.9"));
    selecting("four.example", IP6).failsIn(RESOLVE, NAME_NOT_FOUND);
    selecting("192.0.2.9", IP6).failsIn(RESOLVE, NAME_NOT_FOUND);
    selecting("::ffff:192.0.2.9", IP6).failsIn(RESOLVE, NAME_NOT_FOUND);
    selecting("2001:db8::1", IP4).failsIn(RESOLVE, NAME_NOT_FOUND);
  }

  @Test
  void thePreferredFamilyIsNotKeptWaitingByTheOther() {
    peer.on(
        "web.example.",
        question -> {
          if (question.type().name().equals("AAAA")) {
            DnsPeer.addresses("2001:db8::1").on(question);
          }
        });
    assertEquals("2001:db8::1", choose("web.example", IP6_FIRST));
  }

  @Test
  void aLiteralAsksNobody() {
    assertEquals("192.0.2.1", choose("192.0.2.1", IP6_FIRST));
    assertEquals("192.0.2.1", choose("::ffff:192.0.2.1", IP4));
    assertEquals("::", choose("::", IP4_FIRST));
    assertEquals(List.of(), peer.queries());
    assertEquals(0, rig.loop().channelsSoFar());
  }

  @Test
  void zonesAreKeptOnlyWithFallback() {
    choose("fe80::1%1", IP6_FIRST);
    assertEquals(1, scope());
    choose("fe80::1%1", IP6);
    assertEquals(0, scope());
  }

  @Test
  void theChoiceIsReported() {
    peer.on("web.example.", DnsPeer.addresses("127.0.0.1", "::1"));
    Outcome four =
        selecting("web.example", IP4)
            .passes()
            .shows(4, PROBE_IP_PROTOCOL)
            .shows(3_668_918_509.0, PROBE_IP_ADDR_HASH)
            .inPhases(RESOLVE);
    assertTrue(four.value(PROBE_DNS_LOOKUP_TIME_SECONDS) > 0);
    assertEquals(
        List.of(
            "Beginning probe",
            "Resolving target address",
            "Resolved target address",
            "Probe succeeded"),
        four.notes(Trail.Level.DEBUG));
    selecting("web.example", IP6)
        .passes()
        .shows(6, PROBE_IP_PROTOCOL)
        .shows(1_751_717_746.0, PROBE_IP_ADDR_HASH);
    selecting("127.0.0.1", IP6_FIRST)
        .passes()
        .shows(4, PROBE_IP_PROTOCOL)
        .shows(3_668_918_509.0, PROBE_IP_ADDR_HASH)
        .has(PROBE_DNS_LOOKUP_TIME_SECONDS)
        .inPhases(RESOLVE);
  }

  @Test
  void theHashIsFnv1aOfTheBytes() {
    assertEquals(3_668_918_509L, AddressSelection.hash(address("127.0.0.1")));
    assertEquals(1_751_717_746L, AddressSelection.hash(address("::1")));
    assertEquals(
        AddressSelection.hash(address("127.0.0.1")),
        AddressSelection.hash(address("::ffff:127.0.0.1")));
  }

  @Test
  void aFailureIsReportedWithItsTime() {
    Outcome outcome =
        selecting("web.example", IP6_FIRST)
            .failsIn(RESOLVE, NAME_NOT_FOUND)
            .shows(0, PROBE_IP_PROTOCOL)
            .shows(0, PROBE_IP_ADDR_HASH)
            .inPhases(RESOLVE);
    assertTrue(outcome.value(PROBE_DNS_LOOKUP_TIME_SECONDS) > 0);
    assertEquals(
        List.of("Resolution with IP protocol failed", "Probe failed"),
        outcome.notes(Trail.Level.ERROR));
  }

  @Test
  void anEmptyHostFails() {
    selecting("", IP6_FIRST).failsIn(RESOLVE, NAME_NOT_FOUND).shows(0, PROBE_IP_PROTOCOL);
  }

  @Test
  void aBrokenResolverIsNotAMissingName() {
    peer.on("web.example.", DnsPeer.code(DnsResponseCode.SERVFAIL));
    selecting("web.example", IP6_FIRST).failsIn(RESOLVE, RESOLVER);
  }

  @Test
  void theDeadlineIsReportedAsThePhaseItCameIn() {
    peer.on("web.example.", DnsPeer.silence());
    Outcome outcome =
        selecting("web.example", IP6_FIRST)
            .within(Duration.ofMillis(150))
            .failsIn(RESOLVE, TIMEOUT)
            .shows(0, PROBE_IP_PROTOCOL)
            .shows(0, PROBE_IP_ADDR_HASH);
    long lookupNanos = Math.round(outcome.value(PROBE_DNS_LOOKUP_TIME_SECONDS) * 1e9);
    assertTrue(leftAtStartNanos > 0 && lookupNanos >= leftAtStartNanos);
  }

  private Probing selecting(String host, IpPreference preference) {
    return rig.probing(
            run -> {
              leftAtStartNanos = run.deadline().remainingNanos();
              return selection
                  .select(run, run.request().target(), preference)
                  .thenApply(
                      address -> {
                        chosen = address;
                        return Verdict.PASSED;
                      });
            },
            ModuleConfig.empty("select"))
        .at(host);
  }

  private String choose(String host, IpPreference preference) {
    chosen = null;
    selecting(host, preference).passes();
    InetAddress address = chosen;
    return address == null ? "" : NetUtil.toAddressString(address);
  }

  private int scope() {
    return chosen instanceof Inet6Address ip6 ? ip6.getScopeId() : -1;
  }

  private static InetAddress address(String text) {
    InetAddress address = AddressLiteral.parse(text);
    if (address == null) {
      throw new AssertionError("expected an address, got " + text);
    }
    return address;
  }
}
