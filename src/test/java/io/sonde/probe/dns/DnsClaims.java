package io.sonde.probe.dns;

import io.sonde.config.DnsSpec;
import io.sonde.config.ProbeSpec;
import io.sonde.probe.Prober;
import io.sonde.testkit.Conversation;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import java.io.IOException;

/** What all tests of the dns prober over streams share. */
abstract class DnsClaims extends ProberContract {
  static final String ADDRESS = "c0000201";

  static Prober bind(ProbeSpec spec, Network network) {
    return new DnsProber(
        (DnsSpec) spec, network.addresses(), network.ports(), network.dialer(), network.tls());
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return bind(spec, network);
  }

  @Override
  protected void isGood(Peer peer) {
    answers(peer, Messages.answer().add(1, ADDRESS));
  }

  /** The peer reads one query and answers it. */
  static void answers(Peer peer, Messages answer) {
    peer.does(conversation -> conversation.write(Messages.framed(answer.to(query(conversation)))));
  }

  /** The next query on a stream, without its length. */
  static byte[] query(Conversation conversation) throws IOException {
    byte[] length = conversation.take(2);
    return conversation.take((length[0] & 0xff) << 8 | (length[1] & 0xff));
  }
}
