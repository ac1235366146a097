package io.sonde.probe.http;

import static io.sonde.probe.Phase.AUTH;
import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.probe.http.OAuth2Specs.tokensFrom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.HeaderBlock;
import io.sonde.config.Secret;
import io.sonde.config.Source;
import io.sonde.probe.Reason;
import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets to see secrets, and that nobody else does, whatever a peer repeats. */
class HttpSecretsTest extends OAuth2Claims {
  private static final String OTHER_NAME = "elsewhere.example";
  private static final String JOE_HUNTER2 = "am9lOmh1bnRlcjI";

  @TempDir Path folder;

  private static void assertHidden(Outcome outcome, String... secrets) {
    String seen =
        outcome.result().request().target()
            + outcome.result().verdict()
            + outcome.result().trail()
            + outcome.result().facts();
    for (String secret : secrets) {
      assertFalse(seen.contains(secret), () -> secret + " in " + seen);
    }
    assertTrue(seen.contains(Secret.MASK), seen);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text + "\n").toString();
  }

  @Test
  void headersThatHoldSecretsAreForTheHostOfTheTargetOnly() throws IOException {
    network.names().on(OTHER_NAME + ".", DnsPeer.addresses("127.0.0.1"));
    Peer other = goodPeer();
    Peer target =
        answering(HttpPeer.redirect(302, "http://" + OTHER_NAME + ":" + other.port() + "/"));
    HttpSpecs specs =
        http()
            .header("X-Auth-Token", "hunter2")
            .header("X-Api-Key", "hunter2")
            .header("X-Plain", "1")
            .httpHeader(
                "X-Vault", new HeaderBlock(List.of("a"), List.of(Secret.of("s")), List.of()))
            .httpHeader("x-filed", new HeaderBlock(List.of(), List.of(), List.of(file("f"))))
            .httpHeader("X-My-Password", new HeaderBlock(List.of("p"), List.of(), List.of()))
            .httpHeader("X-Team", new HeaderBlock(List.of("t"), List.of(), List.of()));
    probing(specs, target).passes();
    for (String name :
        List.of("X-Auth-Token", "X-Api-Key", "X-Vault", "X-Filed", "X-My-Password")) {
      assertFalse(header(target.received(), name).equals("(none)"), name);
      assertEquals("(none)", header(other.received(), name), name);
    }
    assertEquals("1", header(other.received(), "X-Plain"));
    assertEquals("t", header(other.received(), "X-Team"));
  }

  @Test
  void thePasswordOfTheTargetIsNowhereToBeSeen() {
    String echo = "404 Not hunter2 nor " + JOE_HUNTER2 + "=";
    Peer peer = rig.closing(Peer.listening());
    HttpPeer.answers(peer, HttpPeer.redirect(302, "/?login=" + JOE_HUNTER2)).thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.response(echo, ""));
    Outcome outcome =
        probing(http(), "http://joe:hunter2@" + peer.address() + "/").failsIn(CHECK, Reason.STATUS);
    assertHidden(outcome, "hunter2", JOE_HUNTER2);
    assertEquals(
        "http://joe:<secret>@" + peer.address() + "/", outcome.result().request().target());
  }

  @Test
  void aTargetThatIsNoUrlIsToldWithoutItsPassword() {
    Outcome outcome = probing(http(), "http://joe:hun/ter2@host/").ends();
    assertHidden(outcome, "ter2");
  }

  @Test
  void whatAPeerRepeatsOfTheConfigurationIsHidden() {
    HttpSpecs specs =
        http()
            .basicAuth(Source.inline("joe"), Source.inline("hunter2"))
            .header("X-Api-Key", "k3y/value")
            .httpHeader(
                "X-Vault", new HeaderBlock(List.of(), List.of(Secret.of("v4ult")), List.of()));
    String echo = "404 hunter2 k3y/value k3y%2Fvalue v4ult " + JOE_HUNTER2 + "=";
    Outcome outcome =
        probing(specs, answering(HttpPeer.response(echo, ""))).failsIn(CHECK, Reason.STATUS);
    assertHidden(outcome, "hunter2", "k3y", "v4ult", JOE_HUNTER2);
  }

  @Test
  void whatAPeerRepeatsOfFilesIsHidden() throws IOException {
    HttpSpecs specs = http().authorization("Bearer", Source.file(file("hunter2")));
    Peer peer = answering(HttpPeer.redirect(302, "ftp://x/?seen=hunter2"));
    assertHidden(probing(specs, peer).ends(), "hunter2");
  }

  @Test
  void aTokenThatTheTargetRepeatsIsHidden() {
    Peer tokens = tokenPeer("{\"access_token\": \"t0ken-value\"}");
    Peer target = answering(HttpPeer.response("404 t0ken-value", ""));
    assertHidden(
        probing(http().oauth2(tokensFrom(tokens)), target).failsIn(CHECK, Reason.STATUS),
        "t0ken-value");
  }

  @Test
  void whatATokenEndpointRepeatsIsHidden() {
    String body =
        "{\"error\": \"no\", \"error_description\": \""
            + "hunter2 "
            + JOE_HUNTER2
            + "= p4ram p%2Fq%3D1 bXkraWQ6cyUyRmUlM0Fj qu3ry\"}";
    Peer tokens = answering(HttpPeer.response("401 Unauthorized", body));
    OAuth2Specs specs =
        tokensFrom("http://joe:hunter2@" + tokens.address() + "/token?api_token=qu3ry")
            .parameter("password", "p4ram")
            .parameter("my_secret", "p/q=1");
    assertHidden(
        probing(http().oauth2(specs), goodPeer()).failsIn(AUTH, Reason.AUTH),
        "hunter2",
        JOE_HUNTER2,
        "p4ram",
        "p%2Fq",
        "bXkraWQ6cyUyRmUlM0Fj",
        "qu3ry");
  }
}
