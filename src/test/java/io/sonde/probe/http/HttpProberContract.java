package io.sonde.probe.http;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;

import io.sonde.config.HttpSpec;
import io.sonde.config.ProbeSpec;
import io.sonde.probe.Prober;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import java.util.List;
import java.util.stream.Stream;

/** What is demanded of every prober, of the one that speaks HTTP/1.1 over whatever connection. */
abstract class HttpProberContract extends ProberContract {
  @Override
  protected Prober bind(ProbeSpec spec) {
    return HttpClaims.prober(network, (HttpSpec) spec);
  }

  /** What the peer does before it speaks HTTP. */
  Peer opens(Peer peer) {
    return peer;
  }

  @Override
  protected void isGood(Peer peer) {
    HttpPeer.answers(opens(peer), HttpPeer.ok("hello"));
  }

  /** The phases in which the peer may not come to speak HTTP. */
  List<Stage> opening() {
    return List.of();
  }

  @Override
  protected List<Stage> stages() {
    Stage processing = Stage.in(PROCESSING, peer -> opens(peer).readsUntil(END_OF_HEAD));
    Stage transfer =
        Stage.in(
            TRANSFER,
            peer ->
                opens(peer)
                    .readsUntil(END_OF_HEAD)
                    .sends("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"));
    return Stream.concat(opening().stream(), Stream.of(processing, transfer)).toList();
  }
}
