package io.sonde.probe.http;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.http.HttpSpecs.http;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.quic.QuicChannel;
import io.sonde.probe.ProbeRun;
import io.sonde.testkit.DeafRelay;
import io.sonde.testkit.Http3Peer;
import io.sonde.testkit.Running;
import io.sonde.testkit.UdpPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets get lost: what a probe then sends and keeps has its limits. */
class Http3LossTest extends Http3Claims {
  private static final int FRAME_UNEXPECTED = 0x105;
  private static final int FEW = 100;
  private static final int MOST_LAST_PACKETS = 1_024;

  /** Far longer than packets take to be taken for lost. */
  private static final Duration BUSY = Duration.ofSeconds(1);

  @Test
  void aConnectionThatThePeerHasNotConfirmedEndsWithFewPackets() {
    DeafRelay relay = relay();
    unconfirmed(relay).stalls(BUSY, ProbeRun::abandon).ends().wasAbandoned();
    assertEquals(List.of(), rig.loop().leftovers());
    assertTrue(relay.sent() < FEW, () -> relay.sent() + " packets");
  }

  @Test
  void thePacketsOfAConnectionThatIsClosedForAnErrorAreLimited() {
    DeafRelay relay = relay();
    unconfirmed(relay)
        .stalls(BUSY, run -> quic().close(true, FRAME_UNEXPECTED, Unpooled.EMPTY_BUFFER))
        .ends()
        .failedIn(PROCESSING, CLOSED);
    assertEquals(List.of(), rig.loop().leftovers());
    assertTrue(relay.sent() <= MOST_LAST_PACKETS + FEW, () -> relay.sent() + " packets");
  }

  @Test
  void aPeerThatIsSilentAfterTheHandshakeMakesThePhaseLate() {
    probingAt(http3(), relay().address())
        .within(BUSY.multipliedBy(3))
        .failsIn(PROCESSING, TIMEOUT)
        .lastedAtLeast(BUSY.multipliedBy(3));
    assertEquals(List.of(), rig.loop().leftovers());
  }

  @Test
  void aModuleWithoutHttp3SendsNoDatagram() {
    UdpPeer datagrams = rig.closing(UdpPeer.silent());
    probingAt(http().trusting(ROOT.pem()), datagrams.address()).failsIn(CONNECT, REFUSED);
    assertEquals(List.of(), datagrams.received());
  }

  /** The peer will have heard no more than that somebody wants to connect. */
  private DeafRelay relay() {
    Http3Peer peer = answering(exchange -> exchange.answers(200, "hello"));
    return rig.closing(DeafRelay.passing(1, peer.port()));
  }

  private Running unconfirmed(DeafRelay relay) {
    return probingAt(http3(), relay.address()).starts().reaches(PROCESSING);
  }

  private QuicChannel quic() {
    for (Channel channel : rig.loop().openChannels()) {
      if (channel instanceof QuicChannel quic) {
        return quic;
      }
    }
    throw new AssertionError("expected a QUIC connection");
  }
}
