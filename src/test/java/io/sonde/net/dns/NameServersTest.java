package io.sonde.net.dns;

import static io.sonde.net.dns.Families.IP4;
import static io.sonde.net.dns.Families.IP6_FIRST;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.RESOLVER;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.sonde.count.NameServerCounts;
import io.sonde.count.QueryOutcome;
import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which server is asked, when the next one is, and what counts as an answer. */
class NameServersTest {
  private static final DnsPeer.Script ADDRESS = DnsPeer.addresses("192.0.2.1");

  @RegisterExtension final ProbeRig rig = new ProbeRig();
  @TempDir Path directory;

  @Test
  void theFirstServerThatKnowsIsTheLastOneAsked() {
    DnsPeer peer = servers("127.0.0.1", "127.0.0.2");
    peer.at("127.0.0.1", ADDRESS).at("127.0.0.2", DnsPeer.addresses("192.0.2.2"));
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\nnameserver 127.0.0.2");
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
    assertEquals(List.of("udp 127.0.0.1 A web.example."), peer.queries());
  }

  @Test
  void aServerThatFailsIsFollowedByTheNext() {
    DnsPeer peer = servers("127.0.0.1", "127.0.0.2", "127.0.0.3");
    peer.at("127.0.0.1", DnsPeer.code(DnsResponseCode.SERVFAIL));
    peer.at("127.0.0.2", DnsPeer.emptyReferral());
    peer.at("127.0.0.3", ADDRESS);
    LookupRig lookups =
        asking(peer, "nameserver 127.0.0.1\nnameserver 127.0.0.2\nnameserver 127.0.0.3");
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
  }

  @Test
  void whatQuestionsCameToIsCountedByServer() {
    DnsPeer peer = servers("127.0.0.2", "127.0.0.3");
    peer.at("127.0.0.2", DnsPeer.code(DnsResponseCode.SERVFAIL)).at("127.0.0.3", ADDRESS);
    LookupRig lookups =
        asking(peer, "nameserver 127.0.0.1\nnameserver 127.0.0.2\nnameserver 127.0.0.3");
    lookups.find("web.example", IP4);
    NameServerCounts counts = lookups.resolvers().counts();
    assertEquals(1, counts.of("127.0.0.1").of(QueryOutcome.FAILED));
    assertEquals(1, counts.of("127.0.0.2").of(QueryOutcome.USELESS));
    assertEquals(1, counts.of("127.0.0.3").of(QueryOutcome.ANSWERED));
    assertEquals(3, counts.servers().size());
  }

  @Test
  void aQuestionThatTheDeadlineEndsIsATimeout() {
    DnsPeer peer = servers("127.0.0.1");
    peer.at("127.0.0.1", DnsPeer.silence());
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1");
    lookups.lookingUp("web.example", IP4).within(Duration.ofMillis(200)).failsIn(SETUP, TIMEOUT);
    assertEquals(1, lookups.resolvers().counts().of("127.0.0.1").of(QueryOutcome.TIMEOUT));
  }

  @Test
  void aPortWhereNobodyListensIsFollowedByTheNextServerAtOnce() {
    DnsPeer peer = servers("127.0.0.2");
    peer.at("127.0.0.2", ADDRESS);
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\nnameserver 127.0.0.2");
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
  }

  @Test
  void aSilentServerIsFollowedByTheNextAfterTheTimeout() {
    DnsPeer peer = servers("127.0.0.1", "127.0.0.2");
    peer.at("127.0.0.1", DnsPeer.silence()).at("127.0.0.2", ADDRESS);
    LookupRig lookups =
        asking(peer, "nameserver 127.0.0.1\nnameserver 127.0.0.2\noptions timeout:1");
    lookups.lookingUp("web.example", IP4).passes().lastedAtLeast(Duration.ofSeconds(1));
  }

  @Test
  void theListIsGoneThroughAsOftenAsTheFileSays() {
    DnsPeer peer = servers("127.0.0.1");
    peer.at("127.0.0.1", DnsPeer.code(DnsResponseCode.REFUSED));
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\noptions attempts:3");
    lookups
        .fail("web.example", IP4)
        .failedIn(RESOLVE, RESOLVER)
        .saying("REFUSED from 127.0.0.1:" + peer.port());
    assertEquals(3, peer.queries().size());
  }

  @Test
  void aServerThatSaysNoIsBelieved() {
    DnsPeer peer = servers("127.0.0.1", "127.0.0.2");
    peer.at("127.0.0.1", DnsPeer.code(DnsResponseCode.NXDOMAIN)).at("127.0.0.2", ADDRESS);
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\nnameserver 127.0.0.2");
    lookups.fail("web.example", IP4).failedIn(RESOLVE, NAME_NOT_FOUND);
    assertEquals(List.of("udp 127.0.0.1 A web.example."), peer.queries());
  }

  @Test
  void rotationBeginsEachQuestionWithTheNextServer() {
    DnsPeer peer = servers("127.0.0.1", "127.0.0.2");
    peer.at("127.0.0.1", ADDRESS).at("127.0.0.2", ADDRESS);
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\nnameserver 127.0.0.2\noptions rotate");
    lookups.find("web.example", IP4);
    lookups.find("web.example", IP4);
    assertEquals(
        List.of("udp 127.0.0.1 A web.example.", "udp 127.0.0.2 A web.example."), peer.queries());
  }

  @Test
  void aServerMayHaveAnIp6Address() {
    DnsPeer peer = servers("::1");
    peer.at("::1", ADDRESS);
    assertEquals(List.of("192.0.2.1"), asking(peer, "nameserver ::1").find("web.example", IP4));
  }

  @Test
  void withoutAFileThisMachineIsAsked() throws Exception {
    DnsPeer peer = servers("::1");
    peer.at("::1", ADDRESS);
    LookupRig lookups = asking(peer, "");
    Files.delete(directory.resolve("resolv.conf"));
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
  }

  @Test
  void aCutAnswerIsFetchedAgainOverTcp() {
    DnsPeer peer = servers("127.0.0.1");
    peer.on("web.example.", DnsPeer.cutOverUdp(ADDRESS));
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1");
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
    assertEquals(
        List.of("udp 127.0.0.1 A web.example.", "tcp 127.0.0.1 A web.example."), peer.queries());
  }

  @Test
  void tcpAloneIfTheFileSaysSo() {
    DnsPeer peer = servers("127.0.0.1");
    peer.on("web.example.", ADDRESS);
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\noptions use-vc");
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
    assertEquals(List.of("tcp 127.0.0.1 A web.example."), peer.queries());
  }

  @Test
  void theLargestAnswerIsTaken() {
    // A message of 65,535 bytes: 12, the question with 57 + 4, and 922 records of 57 + 14.
    String name = "a".repeat(47) + ".example";
    String[] many = new String[922];
    Arrays.fill(many, "192.0.2.1");
    DnsPeer peer = servers("127.0.0.1");
    peer.on(name + ".", DnsPeer.addresses(many));
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\noptions use-vc attempts:1");
    assertEquals(List.of(many), lookups.find(name, IP4));
  }

  @Test
  void aServerThatHangsUpDidNotAnswer() {
    DnsPeer peer = servers("127.0.0.1");
    peer.on("web.example.", DnsPeer.hangUp());
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\noptions use-vc attempts:1");
    lookups
        .fail("web.example", IP4)
        .failedIn(RESOLVE, RESOLVER)
        .saying("connection closed without an answer");
  }

  @Test
  void answersToOtherQuestionsArePassedOver() {
    DnsPeer peer = servers("127.0.0.1");
    peer.on("web.example.", DnsPeer.forgedBefore("203.0.113.1", ADDRESS));
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1");
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
  }

  @Test
  void overTcpAnAnswerToAnotherQuestionIsAFailure() {
    DnsPeer peer = servers("127.0.0.1");
    peer.on("web.example.", DnsPeer.forgedBefore("203.0.113.1", ADDRESS));
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\noptions use-vc attempts:1");
    lookups
        .fail("web.example", IP4)
        .failedIn(RESOLVE, RESOLVER)
        .saying("an answer to another question");
  }

  @Test
  void aMalformedAnswerIsNoAnswer() {
    DnsPeer peer = servers("127.0.0.1", "127.0.0.2");
    peer.at("127.0.0.1", DnsPeer.malformed()).at("127.0.0.2", ADDRESS);
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1\nnameserver 127.0.0.2");
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
  }

  @Test
  void theDeadlineEndsTheWaiting() {
    DnsPeer peer = servers("127.0.0.1");
    peer.at("127.0.0.1", DnsPeer.silence());
    asking(peer, "nameserver 127.0.0.1")
        .lookingUp("web.example", IP6_FIRST)
        .within(Duration.ofMillis(200))
        .ends()
        .failedIn(SETUP, TIMEOUT);
  }

  @Test
  void aCallerThatLeavesEndsTheWaiting() {
    DnsPeer peer = servers("127.0.0.1");
    peer.at("127.0.0.1", DnsPeer.silence());
    LookupRig lookups = asking(peer, "nameserver 127.0.0.1");
    Running running = lookups.lookingUp("web.example", IP6_FIRST).starts();
    rig.loop().awaitTrue(() -> peer.queries().size() == 2);
    running.isAbandoned().ends().wasAbandoned();
    assertEquals(List.of(), rig.loop().openChannels());
    assertEquals(2, peer.queries().size());
  }

  private DnsPeer servers(String... addresses) {
    return rig.closing(DnsPeer.listeningAt(addresses));
  }

  private LookupRig asking(DnsPeer peer, String resolvConf) {
    return new LookupRig(rig, directory, peer).resolvConf(resolvConf);
  }
}
