package io.sonde.probe.http;

import static io.sonde.probe.Phase.AUTH;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.probe.http.OAuth2Specs.tokensFrom;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Secret;
import io.sonde.config.Source;
import io.sonde.probe.Fact;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How tokens are asked for, and what they are used for. */
class HttpOAuth2Test extends OAuth2Claims {
  @TempDir Path folder;

  @Test
  void aTokenIsFetchedWithTheSecretInAHeader() {
    Peer tokens = tokenPeer(TOKEN);
    Peer target = goodPeer();
    probing(http().oauth2(tokensFrom(tokens)), target).passes();
    assertEquals("Bearer t0k", header(target.received(), "Authorization"));
    assertEquals(1, tokens.connections());
    String asked = asked(tokens, 0);
    assertTrue(asked.startsWith("POST /token HTTP/1.1\r\n"), asked);
    assertEquals("Basic bXkraWQ6cyUyRmUlM0Fj", header(asked, "Authorization"));
    assertEquals("application/x-www-form-urlencoded", header(asked, "Content-Type"));
    assertEquals(
        header(target.received(), "User-Agent"), header(asked, "User-Agent"), "one product");
    assertTrue(asked.endsWith(END_OF_HEAD + "grant_type=client_credentials"), asked);
  }

  @Test
  void theTimeOfATokenIsItsOwnPhaseAndNoOther() {
    Outcome outcome =
        probing(http().oauth2(tokensFrom(tokenPeer(TOKEN))), goodPeer())
            .passes()
            .inPhases(RESOLVE, AUTH, CONNECT, PROCESSING, TRANSFER, Phase.CHECK);
    assertEquals(
        1,
        outcome.result().facts().stream().filter(Fact.Address.class::isInstance).count(),
        "the address of the token endpoint is not the target's");
  }

  @Test
  void scopesAndParametersGoIntoTheForm() {
    Peer tokens = tokenPeer(TOKEN);
    OAuth2Specs specs = tokensFrom(tokens).scopes("a", "b c").parameter("resource", "x y");
    probing(http().oauth2(specs), goodPeer()).passes();
    assertTrue(asked(tokens, 0).endsWith("grant_type=client_credentials&resource=x+y&scope=a+b+c"));
  }

  @Test
  void aServerThatWantsTheSecretInTheFormGetsItThere() {
    Peer tokens = rig.closing(Peer.listening());
    answersForm(tokens, HttpPeer.response("401 No", "{\"error\": \"invalid_client\"}"));
    answersForm(tokens.thenOnNextConnection(), HttpPeer.ok(TOKEN, "Content-Type: a/b"));
    Peer target = goodPeer();
    probing(http().oauth2(tokensFrom(tokens)), target).passes();
    String asked = asked(tokens, 1);
    assertEquals("(none)", header(asked, "Authorization"));
    assertTrue(
        asked.endsWith("client_id=my+id&client_secret=s%2Fe%3Ac&grant_type=client_credentials"),
        asked);
    assertEquals("Bearer t0k", header(target.received(), "Authorization"));
  }

  @Test
  void aTokenReplacesAllOtherCredentials() {
    Peer target = goodPeer();
    HttpSpecs specs = http().header("Authorization", "Mine").oauth2(tokensFrom(tokenPeer(TOKEN)));
    probing(specs, "http://joe:secret@" + target.address() + "/").passes();
    assertEquals("Bearer t0k", header(target.received(), "Authorization"));
  }

  @Test
  void aTokenIsForTheHostOfTheTargetOnly() {
    Peer other = goodPeer();
    Peer target =
        answering(HttpPeer.redirect(302, "http://" + Network.GOOD_NAME + ":" + other.port() + "/"));
    probing(http().oauth2(tokensFrom(tokenPeer(TOKEN))), target).passes();
    assertEquals("Bearer t0k", header(target.received(), "Authorization"));
    assertEquals("(none)", header(other.received(), "Authorization"));
  }

  @Test
  void theEndpointMayRedirect() {
    Peer tokens = rig.closing(Peer.listening());
    HttpPeer.answers(tokens, HttpPeer.redirect(307, "/other?x=1"));
    HttpPeer.answers(tokens.thenOnNextConnection(), HttpPeer.ok(TOKEN));
    probing(http().oauth2(tokensFrom(tokens)), goodPeer()).passes();
    String second = asked(tokens, 1);
    assertTrue(second.startsWith("POST /other?x=1 HTTP/1.1\r\n"), second);
    assertEquals("Basic bXkraWQ6cyUyRmUlM0Fj", header(second, "Authorization"));
  }

  @Test
  void anotherHostGetsNoCredentials() {
    Peer thief = tokenPeer("{}");
    Peer tokens =
        answering(HttpPeer.redirect(307, "http://" + Network.GOOD_NAME + ":" + thief.port() + "/"));
    failsWith(tokens, goodPeer(), Reason.REDIRECT).saying("not given the credentials");
    assertEquals("(none)", header(thief.received(), "Authorization"));
    assertFalse(asked(thief, 0).contains("s%2Fe%3Ac"));
    assertEquals(1, thief.connections());
  }

  @Test
  void redirectsComeToAnEnd() {
    Peer tokens = answering(HttpPeer.redirect(302, "/token"));
    failsWith(tokens, goodPeer(), Reason.REDIRECT).saying("stopped after 10 redirects");
    assertEquals(20, tokens.connections());
  }

  @Test
  void theEndpointIsVerifiedByItsOwnAuthority() {
    TestCa ca = TestCa.root("Token Root");
    TestIdentity identity = ca.server(Network.GOOD_NAME);
    Peer tokens =
        HttpPeer.answers(
            rig.closing(Peer.listening()).startsTls(identity.jdkContext()), HttpPeer.ok(TOKEN));
    String url = "https://" + Network.GOOD_NAME + ":" + tokens.port() + "/token";
    OAuth2Specs trusting = tokensFrom(url).trusting(TestIdentity.pem(ca.certificate()));
    probing(http().oauth2(trusting), goodPeer())
        .passes()
        .hasNo(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, Metric.PROBE_TLS_VERSION_INFO);
    String other = TestIdentity.pem(TestCa.root("Other").certificate());
    probing(http().oauth2(tokensFrom(url).trusting(other)), goodPeer())
        .failsIn(AUTH, Reason.CERT_UNTRUSTED)
        .hasNo(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void aSecretInAFileIsReadAtEveryProbe() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), " one \n");
    Peer tokens = tokenPeer(TOKEN);
    var spec = http().oauth2(tokensFrom(tokens).secret(Source.file(file.toString()))).spec();
    Peer target = goodPeer();
    probing(spec, "http://" + target.address()).passes();
    Files.delete(file);
    probing(spec, "http://" + target.address())
        .failsIn(AUTH, Reason.CONFIG)
        .saying(file + ": no such file")
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect");
    assertEquals("Basic bXkraWQ6b25l", header(tokens.received(), "Authorization"));
    assertEquals(1, tokens.connections());
  }

  @Test
  void aReferenceToASecretCannotBeResolved() {
    Peer tokens = tokenPeer(TOKEN);
    Source reference = new Source(Secret.NONE, "", "vault:secret");
    probing(http().oauth2(tokensFrom(tokens).secret(reference)), goodPeer())
        .failsIn(SETUP, Reason.CONFIG)
        .saying("cannot use secret ref without manager");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://127.0.0.1/", "127.0.0.1/token", "http://127.0.0.1:abc/", "http://[::1"})
  void aTokenUrlThatCannotBeAskedFails(String url) {
    probing(http().oauth2(tokensFrom(url)), goodPeer())
        .failsIn(AUTH, Reason.CONFIG)
        .saying("token_url");
  }

  @Test
  void aParameterMustNotReplaceTheScopes() {
    OAuth2Specs specs = tokensFrom(tokenPeer(TOKEN)).scopes("a").parameter("scope", "b");
    probing(http().oauth2(specs), goodPeer())
        .failsIn(AUTH, Reason.CONFIG)
        .saying("cannot overwrite parameter scope");
  }

  @Test
  void theEndpointHasAProxyOfItsOwn() {
    Peer proxy = tokenPeer(TOKEN);
    OAuth2Specs specs = tokensFrom("http://tokens.example/token").through(proxy);
    Peer target = goodPeer();
    probing(http().oauth2(specs), target)
        .passes()
        .inPhases(RESOLVE, AUTH, CONNECT, PROCESSING, TRANSFER, Phase.CHECK);
    assertTrue(asked(proxy, 0).startsWith("POST http://tokens.example/token HTTP/1.1\r\n"));
    assertEquals("Bearer t0k", header(target.received(), "Authorization"));
  }
}
