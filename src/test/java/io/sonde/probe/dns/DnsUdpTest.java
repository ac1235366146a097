package io.sonde.probe.dns;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.RCODE;
import static io.sonde.probe.Reason.RECORDS;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.DnsSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.RecordValidator;
import io.sonde.probe.Metric;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.Network;
import io.sonde.testkit.ProbeClaims;
import io.sonde.testkit.Probing;
import io.sonde.testkit.Running;
import io.sonde.testkit.UdpPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsUdpTest extends ProbeClaims {
  private static final RecordValidator NONE = RecordValidator.NONE;
  private static final Messages GOOD = Messages.answer().add(1, DnsClaims.ADDRESS);

  @Test
  void anAnswerPasses() {
    probing(GOOD)
        .passes()
        .inPhases(RESOLVE, CONNECT, PROCESSING, CHECK)
        .shows(1, Metric.PROBE_DNS_ANSWER_RRS)
        .shows(1, Metric.PROBE_DNS_QUERY_SUCCEEDED)
        .hasNo(Metric.PROBE_DNS_SERIAL);
  }

  @Test
  void overIp6ItPassesAsWell() {
    UdpPeer peer = rig.closing(UdpPeer.answering("::1", query -> List.of(GOOD.to(query))));
    probing(udp(), peer.address()).passes().shows(6, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void theSerialOfAZoneIsShown() {
    String soa = "00" + "00" + "78563412" + "00000001000000020000000300000004";
    DnsSpec spec = DnsSpecs.over("udp").ofType("SOA").spec();
    probing(spec, Messages.answer().add(6, soa))
        .passes()
        .shows(0x78563412, Metric.PROBE_DNS_SERIAL);
    probing(spec, Messages.answer()).passes().shows(0, Metric.PROBE_DNS_SERIAL);
  }

  @Test
  void manyQuestionsAtOnceGetTheirAnswers() {
    UdpPeer peer = answering(query -> List.of(GOOD.to(query)));
    List<Running> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(probing(udp(), peer.address()).starts());
    }
    all.forEach(running -> running.ends().passed());
  }

  @Test
  void anAnswerWithAnotherIdIsPassedOver() {
    UdpPeer peer =
        answering(
            query -> {
              byte[] other = Messages.answer().rcode(3).to(query);
              other[0]++;
              return List.of(other, GOOD.to(query));
            });
    probing(udp(), peer.address()).passes();
  }

  @Test
  void garbageFailsAtOnce() {
    UdpPeer peer = answering(query -> List.of(new byte[] {1, 2, 3}));
    probing(udp(), peer.address())
        .failsIn(PROCESSING, PROTOCOL)
        .saying("expected a header of 12 bytes, got 3")
        .shows(0, Metric.PROBE_DNS_QUERY_SUCCEEDED);
  }

  @Test
  void aLongerAnswerThanDatagramsHoldIsCut() {
    Messages long1 = Messages.answer();
    for (int i = 0; i < 40; i++) {
      long1.add(1, DnsClaims.ADDRESS);
    }
    probing(long1).failsIn(PROCESSING, PROTOCOL);
  }

  @Test
  void aTruncatedAnswerIsTakenAsItIs() {
    UdpPeer peer =
        answering(
            query -> {
              byte[] answer = GOOD.to(query);
              answer[2] |= 2;
              return List.of(answer);
            });
    probing(udp(), peer.address()).passes().shows(1, Metric.PROBE_DNS_ANSWER_RRS);
    assertEquals(1, peer.received().size());
  }

  @Test
  void aPortWhereNobodyListensRefuses() {
    DeadEnd end = rig.closing(DeadEnd.refusing());
    probing(udp(), end.address()).failsIn(PROCESSING, REFUSED).saying("nobody listens at");
  }

  @Test
  void silenceIsLate() {
    UdpPeer peer = answering(query -> List.of());
    probing(udp(), peer.address())
        .within(SOON)
        .failsIn(PROCESSING, TIMEOUT)
        .lastedAtLeast(SOON)
        .shows(0, Metric.PROBE_DNS_QUERY_SUCCEEDED);
  }

  @Test
  void theCallerMayLeaveWhileTheServerIsSilent() {
    UdpPeer peer = answering(query -> List.of());
    probing(udp(), peer.address()).starts().reaches(PROCESSING).isAbandoned().ends().wasAbandoned();
  }

  @Test
  void anUnwantedResponseCodeFails() {
    probing(Messages.answer().rcode(3))
        .failsIn(CHECK, RCODE)
        .saying("expected rcode NOERROR, got NXDOMAIN")
        .shows(1, Metric.PROBE_DNS_QUERY_SUCCEEDED);
    DnsSpec refusing = DnsSpecs.over("").accepting("NXDOMAIN", "REFUSED").spec();
    probing(refusing, Messages.answer().rcode(3)).passes();
    probing(refusing, GOOD).failsIn(CHECK, RCODE);
    probing(DnsSpecs.over("").accepting().spec(), GOOD).failsIn(CHECK, RCODE);
    probing(DnsSpecs.over("").accepting("NOERROR", "NO").spec(), GOOD).failsIn(CHECK, CONFIG);
  }

  @Test
  void eachSectionIsJudged() {
    RecordValidator wanted =
        new RecordValidator(List.of(), List.of(), List.of("192\\.0\\.2\\.1$"), List.of());
    Messages answer = Messages.answer().add(1, "c0000202").then().add(1, "c0000203");
    answer.then().add(1, "c0000204");
    probing(DnsSpecs.over("").checking(wanted, NONE, NONE).spec(), answer)
        .failsIn(CHECK, RECORDS)
        .saying("answer section: a record does not match");
    probing(DnsSpecs.over("").checking(NONE, wanted, NONE).spec(), answer)
        .failsIn(CHECK, RECORDS)
        .saying("authority section: ");
    probing(DnsSpecs.over("").checking(NONE, NONE, wanted).spec(), answer)
        .failsIn(CHECK, RECORDS)
        .saying("additional section: ");
    probing(DnsSpecs.over("").checking(wanted, NONE, NONE).spec(), GOOD).passes();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "[127.0.0.1]", "127.0.0.1:"})
  void aPortMayBeLeftOut(String target) {
    probing(udp(), target).within(SOON).ends().shows(4, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void anIp6AddressNeedsNoBrackets() {
    probing(udp(), "::1").within(SOON).ends().shows(6, Metric.PROBE_IP_PROTOCOL);
    probing(udp(), "[::1]").within(SOON).ends().shows(6, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void aNameThatDoesNotExistIsNotFound() {
    probing(udp(), Network.UNKNOWN_NAME)
        .failsIn(RESOLVE, NAME_NOT_FOUND)
        .shows(0, Metric.PROBE_IP_PROTOCOL)
        .shows(0, Metric.PROBE_DNS_DURATION_SECONDS, "resolve");
  }

  @Test
  void aTransportThatIsNoneFailsBeforeResolution() {
    probing(DnsSpecs.over("sctp").spec(), "127.0.0.1:53")
        .failsIn(SETUP, CONFIG)
        .inPhases()
        .hasNo(Metric.PROBE_IP_PROTOCOL)
        .shows(0, Metric.PROBE_DNS_DURATION_SECONDS, "connect")
        .shows(0, Metric.PROBE_DNS_DURATION_SECONDS, "request")
        .shows(0, Metric.PROBE_DNS_DURATION_SECONDS, "resolve")
        .exposes(
            """
            probe_dns_additional_rrs 0
            probe_dns_answer_rrs 0
            probe_dns_authority_rrs 0
            probe_dns_duration_seconds{phase="connect"} *
            probe_dns_duration_seconds{phase="request"} *
            probe_dns_duration_seconds{phase="resolve"} *
            probe_dns_query_succeeded 0
            probe_duration_seconds *
            probe_failure_info{phase="setup",reason="config"} 1
            probe_success 0
            probe_timeout_seconds 25
            """);
  }

  @Test
  void theQueryIsSentFromTheSourceAddress() {
    probing(DnsSpecs.over("udp").from("127.0.0.2").spec(), GOOD).passes();
    probing(DnsSpecs.over("udp").from("nowhere").spec(), GOOD).failsIn(SETUP, CONFIG);
    probing(DnsSpecs.over("udp").from("::1").spec(), GOOD).failsIn(CONNECT, CONFIG);
  }

  @Test
  void theQueryIsOneQuestionWithoutExtensions() {
    UdpPeer peer = answering(query -> List.of(GOOD.to(query)));
    probing(udp(), peer.address()).passes();
    byte[] query = peer.received().get(0);
    assertEquals(
        "01000001000000000000" + "0178076578616d706c6500" + "00010001",
        java.util.HexFormat.of().formatHex(Arrays.copyOfRange(query, 2, query.length)));
  }

  private static DnsSpec udp() {
    return DnsSpecs.over("udp").spec();
  }

  private UdpPeer answering(Function<byte[], List<byte[]>> script) {
    return rig.closing(UdpPeer.answering(script));
  }

  private Probing probing(Messages answer) {
    return probing(udp(), answer);
  }

  private Probing probing(DnsSpec spec, Messages answer) {
    return probing(spec, answering(query -> List.of(answer.to(query))).address());
  }

  private Probing probing(DnsSpec spec, String target) {
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, spec);
    return rig.probing(DnsClaims.bind(spec, network), module).at(target);
  }
}
