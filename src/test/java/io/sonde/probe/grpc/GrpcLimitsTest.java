package io.sonde.probe.grpc;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.Reason.SERVING_STATUS;
import static io.sonde.probe.grpc.GrpcProberTest.HEAD;
import static io.sonde.probe.grpc.GrpcProberTest.OK_TRAILERS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.GrpcSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.net.http.BodyMemory;
import io.sonde.probe.Metric;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeClaims;
import io.sonde.testkit.Probing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Answers of more than a health check needs. Their peers never end them. */
class GrpcLimitsTest extends ProbeClaims {
  private static final int LIMIT = GrpcCall.MAX_MESSAGE_BYTES;
  private static final int FRAME_BYTES = 16_384;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNIMPLEMENTED = 12;

  @Test
  void aMessageThatSaysItIsLongIsNotWaitedFor() {
    byte[] begins = ByteBuffer.allocate(7).put((byte) 0).putInt(LIMIT + 1).array();
    isTooLong(answering(HEAD, Http2Peer.data(0, begins)));
  }

  @Test
  void aMessageThatIsTooLongIsNotReadToItsEnd() {
    byte[] piece = Http2Peer.data(0, new byte[FRAME_BYTES]);
    isTooLong(answering(HEAD, piece, piece, piece, piece, piece));
  }

  @Test
  void theLongestMessageIsRead() {
    calling(answering(longest()), new BodyMemory(LIMIT)).passes();
  }

  @Test
  void aLongMessageTakesMemoryThatAllProbesShare() {
    BodyMemory memory = new BodyMemory(LIMIT);
    BodyMemory.Share other = memory.impatientShare();
    other.take(1);
    calling(answering(longest()), memory)
        .failsIn(CHECK, BODY_LIMIT)
        .shows(RESOURCE_EXHAUSTED, Metric.PROBE_GRPC_STATUS_CODE);
    other.leave();
    calling(answering(longest()), memory).passes();
    assertEquals(0, memory.taken());
  }

  @Test
  void anUsualMessageNeedsNoneOfIt() {
    calling(answering(GrpcProberTest.serving(1)), new BodyMemory(0)).passes();
  }

  @Test
  void theBodyOfSomethingElseIsNotRead() {
    byte[] web = Http2Peer.headers(0, ":status", "404", "content-type", "text/html");
    Peer peer = answering(web, Http2Peer.data(0, "<html>"));
    calling(peer, BodyMemory.ofHeap())
        .failsIn(CHECK, SERVING_STATUS)
        .shows(UNIMPLEMENTED, Metric.PROBE_GRPC_STATUS_CODE);
    peer.connection(0).awaitEnd();
  }

  private void isTooLong(Peer peer) {
    calling(peer, BodyMemory.ofHeap())
        .failsIn(TRANSFER, BODY_LIMIT)
        .saying("more than 65536 bytes")
        .shows(RESOURCE_EXHAUSTED, Metric.PROBE_GRPC_STATUS_CODE);
    peer.connection(0).awaitEnd();
  }

  /** SERVING, and another field that fills the message. */
  private static byte[] longest() {
    byte[] message = {8, 1, 0x12, (byte) 0xfa, (byte) 0xff, 3};
    byte[] body =
        ByteBuffer.allocate(HealthMessages.PREFIX_BYTES + LIMIT)
            .put((byte) 0)
            .putInt(LIMIT)
            .put(message)
            .array();
    byte[] frames = HEAD;
    for (int at = 0; at < body.length; at += FRAME_BYTES) {
      int end = Math.min(body.length, at + FRAME_BYTES);
      frames = Http2Peer.all(frames, Http2Peer.data(0, Arrays.copyOfRange(body, at, end)));
    }
    return Http2Peer.all(frames, OK_TRAILERS);
  }

  private Peer answering(byte[]... frames) {
    return rig.closing(Peer.listening())
        .does(Http2Peer::readRequest)
        .sends(Http2Peer.settings())
        .sends(Http2Peer.all(frames));
  }

  private Probing calling(Peer peer, BodyMemory memory) {
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, GrpcSpec.DEFAULT);
    return rig.probing(GrpcProberTest.bind(GrpcSpec.DEFAULT, network, memory), module)
        .at(peer.address());
  }
}
