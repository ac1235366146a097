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
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOAuth2Test extends HttpClaims {
  private static final String TOKEN = "{\"access_token\": \"t0k\", \"expires_in\": 3600}";

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {'access_token':'a','token_type':'bearer'} | Bearer a",
        "application/json | {'Access_Token':'a','TOKEN_TYPE':'mac'} | MAC a",
        "application/json | {'access_token':'a','token_type':'Own'} | Own a",
        "application/json | {'access_token':'a','expires_in':'60'} | Bearer a",
        "text/html | {'access_token':'a','expires_in':null} | Bearer a",
        "text/plain;charset=x | access_token=a%2Fb&token_type=Own | Own a/b",
        "application/x-www-form-urlencoded | access_token=a | Bearer a",
      })
  void answersComeInSeveralForms(String type, String body, String authorization) {
    Peer tokens = answering(HttpPeer.ok(body.replace('\'', '"'), "Content-Type: " + type));
    Peer target = goodPeer();
    probing(http().oauth2(tokensFrom(tokens)), target).passes();
    assertEquals(authorization, header(target.received(), "Authorization"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'token_type':'x'} | holds no access_token",
        "{'access_token':''} | holds no access_token",
        "{'access_token':5} | access_token is no text",
        "{'access_token':'a','expires_in':'soon'} | expires_in is no whole number",
        "{'error':'invalid_client','access_token':'a'} | error invalid_client",
        "['access_token'] | no JSON object",
        "<html>access_token=a | no JSON: malformed JSON at line 1 column 1",
        "null | holds no access_token",
      })
  void anAnswerWithoutATokenFails(String body, String why) {
    Peer tokens = tokenPeer(body.replace('\'', '"'));
    Peer target = goodPeer();
    failsWith(tokens, target, Reason.AUTH).saying(why);
    assertEquals(0, target.connections());
    assertEquals(2, tokens.connections(), "attempts");
  }

  @Test
  void aRefusalIsToldWithoutTheSecret() {
    String body =
        "{\"error\": \"invalid_client\", \"error_description\": \"wrong secret s/e:c\\u0007!\"}";
    Peer tokens = answering(HttpPeer.response("401 Unauthorized", body));
    Outcome outcome =
        failsWith(tokens, goodPeer(), Reason.AUTH)
            .saying("status 401, error invalid_client: wrong secret <secret> !");
    String everything = outcome.result().toString();
    assertFalse(everything.contains("s/e:c") || everything.contains("s%2Fe%3Ac"), everything);
    assertFalse(everything.contains("bXkraWQ6cyUyRmUlM0Fj"), everything);
  }

  @Test
  void aTokenIsNowhereToBeSeen() {
    Outcome outcome = probing(http().oauth2(tokensFrom(tokenPeer(TOKEN))), goodPeer()).passes();
    assertFalse(outcome.result().toString().contains("t0k"));
  }

  @Test
  void aTokenThatWouldSplitTheRequestIsRefused() {
    Peer tokens = tokenPeer("{\"access_token\": \"a\\r\\nX-Injected: 1\"}");
    Peer target = goodPeer();
    failsWith(tokens, target, Reason.AUTH).saying("cannot be the value of a header");
    assertEquals(0, target.connections());
    assertEquals(1, tokens.connections());
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000_000, 200_000_000})
  void ofAHugeAnswerOnlyTheBeginningIsRead(int declared) {
    Peer tokens =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .sends("HTTP/1.1 200 OK\r\nContent-Length: " + declared + END_OF_HEAD)
            .sends("{\"x\": \"" + "y".repeat(2_000_000))
            .staysSilent();
    failsWith(tokens, goodPeer(), Reason.AUTH).saying("no JSON");
  }

  @Test
  void aSilentEndpointCostsTheDeadline() {
    Peer tokens = rig.closing(Peer.listening()).staysSilent();
    Peer target = goodPeer();
    probing(http().oauth2(tokensFrom(tokens)), target)
        .within(Duration.ofMillis(300))
        .failsIn(AUTH, Reason.TIMEOUT)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect")
        .inPhases(RESOLVE, AUTH);
    assertEquals(0, target.connections());
  }

  @Test
  void anEndpointThatHangsUpFails() {
    Peer tokens = rig.closing(Peer.listening()).readsUntil(END_OF_HEAD).closes();
    failsWith(tokens, goodPeer(), Reason.CLOSED);
  }

  @Test
  void anEndpointThatNobodyListensAtFails() {
    Peer gone = Peer.listening();
    gone.close();
    failsWith(gone, goodPeer(), Reason.REFUSED).saying("fetching a token: ");
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

  @Test
  void aCompressedAnswerIsUnderstood() {
    byte[] body = ContentDecoderTest.Format.GZIP.encode(bytes(TOKEN));
    Peer tokens = answering(HttpPeer.ok(body, "Content-Encoding: gzip"));
    probing(http().oauth2(tokensFrom(tokens)), goodPeer()).passes();
  }

  private Outcome failsWith(Peer tokens, Peer target, Reason reason) {
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

  private Peer tokenPeer(String body) {
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
