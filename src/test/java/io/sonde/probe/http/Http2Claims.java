package io.sonde.probe.http;

import io.sonde.net.http.HeaderMemory;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.Probing;
import io.sonde.testkit.TestCa;
import javax.net.ssl.SSLContext;

/** What tests of the http prober against servers of HTTP/2 have in common. */
abstract class Http2Claims extends HttpClaims {
  private static final TestCa CA = TestCa.root("Test Root");

  static final SSLContext SERVER = CA.server(Network.GOOD_NAME, "my.host").jdkContext();

  /** A probe of {@code peer} over TLS, which trusts it. */
  Probing probingTls(HttpSpecs specs, Peer peer) {
    return probingTls(specs, peer, "/");
  }

  /** A probe of a path of {@code peer} over TLS, which trusts it. */
  Probing probingTls(HttpSpecs specs, Peer peer, String path) {
    return probing(
        specs.trusting(CA.pem()), "https://" + Network.GOOD_NAME + ":" + peer.port() + path);
  }

  /** A probe of {@code peer} over TLS, which trusts it and has that memory for header lines. */
  Probing probingTls(Peer peer, HeaderMemory headers) {
    String target = "https://" + Network.GOOD_NAME + ":" + peer.port() + "/";
    return probing(HttpSpecs.http().trusting(CA.pem()), target, headers);
  }

  /** A server that sends these frames after a request, and then stays silent. */
  Peer sending(byte[]... frames) {
    return Http2Peer.reads(rig.closing(Peer.listening()), SERVER).sends(Http2Peer.all(frames));
  }
}
