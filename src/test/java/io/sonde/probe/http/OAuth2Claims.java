package io.sonde.probe.http;

import static io.sonde.probe.Phase.AUTH;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.probe.http.OAuth2Specs.tokensFrom;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;

import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;

/** Token endpoints, and what tests ask of them. */
abstract class OAuth2Claims extends HttpClaims {
  static final String TOKEN = "{\"access_token\": \"t0k\", \"expires_in\": 3600}";

  Outcome failsWith(Peer tokens, Peer target, Reason reason) {
    return probing(http().oauth2(tokensFrom(tokens)), target)
        .failsIn(AUTH, reason)
        .inPhases(RESOLVE, AUTH)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "processing");
  }

  /** A whole request, body included. */
  static String asked(Peer tokens, int connection) {
    tokens.connection(connection).awaitEnd();
    return tokens.connection(connection).received();
  }

  Peer tokenPeer(String body) {
    return answersForm(
        rig.closing(Peer.listening()), HttpPeer.ok(body, "Content-Type: application/json"));
  }

  /** Reads a form to its end before it answers. */
  static Peer answersForm(Peer peer, String response) {
    return peer.readsUntil(END_OF_HEAD)
        .does(form -> form.take(Integer.parseInt(header(form.received(), "Content-Length"))))
        .sends(response)
        .closes();
  }
}
