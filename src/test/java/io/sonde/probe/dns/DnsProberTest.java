package io.sonde.probe.dns;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.TIMEOUT;

import io.sonde.config.ProbeSpec;
import io.sonde.probe.Metric;
import io.sonde.testkit.Peer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsProberTest extends DnsClaims {
  private static final int PRIVATE_TYPE = 0xff00;

  @Override
  protected ProbeSpec spec() {
    return DnsSpecs.over("tcp").spec();
  }

  @Override
  protected List<Stage> stages() {
    return List.of(Stage.in(PROCESSING, peer -> peer.does(DnsClaims::query)));
  }

  @Test
  void anAnswerPasses() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROCESSING, CHECK)
        .exposes(
            """
            probe_dns_additional_rrs 0
            probe_dns_answer_rrs 1
            probe_dns_authority_rrs 0
            probe_dns_duration_seconds{phase="connect"} *
            probe_dns_duration_seconds{phase="request"} *
            probe_dns_duration_seconds{phase="resolve"} *
            probe_dns_lookup_time_seconds *
            probe_dns_query_succeeded 1
            probe_duration_seconds *
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_success 1
            probe_timeout_seconds 25
            """);
  }

  @Test
  void anAnswerInPiecesIsPutTogether() {
    Peer peer = rig.closing(Peer.listening());
    peer.does(
        conversation -> {
          for (byte b :
              Messages.framed(Messages.answer().add(1, ADDRESS).to(query(conversation)))) {
            conversation.write(new byte[] {b});
          }
        });
    probing(peer).passes();
  }

  @Test
  void anAnswerToAnotherQuestionFails() {
    Peer peer = rig.closing(Peer.listening());
    peer.does(
        conversation -> {
          byte[] query = query(conversation);
          query[1]++;
          conversation.write(Messages.framed(Messages.answer().to(query)));
        });
    probing(peer).failsIn(PROCESSING, PROTOCOL).saying("another question");
  }

  @Test
  void anAnswerThatIsNoMessageFails() {
    Peer peer = rig.closing(Peer.listening());
    peer.does(conversation -> query(conversation)).sends(Messages.framed(new byte[11]));
    probing(peer)
        .failsIn(PROCESSING, PROTOCOL)
        .saying("expected a header of 12 bytes, got 11")
        .shows(0, Metric.PROBE_DNS_QUERY_SUCCEEDED);
  }

  @Test
  void anAnswerShorterThanItSaysFailsWhenThePeerCloses() {
    Peer peer = rig.closing(Peer.listening());
    peer.does(conversation -> query(conversation)).sends(new byte[] {0, 40, 1, 2, 3}).closes();
    probing(peer).failsIn(PROCESSING, CLOSED);
  }

  @Test
  void anAnswerShorterThanItSaysIsLateWhenThePeerWaits() {
    Peer peer = rig.closing(Peer.listening());
    peer.does(conversation -> query(conversation)).sends(new byte[] {0, 40, 1, 2, 3});
    probing(peer).within(SOON).failsIn(PROCESSING, TIMEOUT).lastedAtLeast(SOON);
  }

  @Test
  void theLargestAnswerIsTaken() {
    Peer peer = rig.closing(Peer.listening());
    peer.does(
        conversation -> {
          byte[] query = query(conversation);
          int withoutData = Messages.answer().add(PRIVATE_TYPE, "").to(query).length;
          String data = "00".repeat(0xffff - withoutData);
          byte[] largest = Messages.answer().add(PRIVATE_TYPE, data).to(query);
          conversation.write(Messages.framed(largest));
        });
    probing(peer).passes().shows(1, Metric.PROBE_DNS_ANSWER_RRS);
  }
}
