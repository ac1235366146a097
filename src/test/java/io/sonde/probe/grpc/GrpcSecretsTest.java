package io.sonde.probe.grpc;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Reason.AUTH;

import io.sonde.config.GrpcSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeClaims;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server repeats of what it was sent. */
class GrpcSecretsTest extends ProbeClaims {
  @Test
  void metadataThatTheServerRepeatsIsHidden() {
    byte[] end =
        GrpcProberTest.trailersOnly(
            "grpc-status", "16", "grpc-message", "no%20hunter2%20or%20YmluYXJ5");
    Peer peer = rig.closing(Peer.listening());
    peer.does(Http2Peer::readRequest).sends(Http2Peer.settings()).sends(end);
    GrpcSpec spec =
        GrpcProberTest.with(
            "",
            Map.of("authorization", List.of("Bearer hunter2"), "my-token-bin", List.of("binary")));
    rig.probing(GrpcProberTest.bind(spec, network), ModuleConfig.of("test", Duration.ZERO, spec))
        .at(peer.address())
        .failsIn(CHECK, AUTH)
        .saying("no%20<secret>%20or%20<secret>");
  }
}
