package io.sonde.probe.http;

import static io.sonde.probe.Phase.AUTH;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.probe.http.OAuth2Specs.tokensFrom;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sonde.config.Source;
import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What token endpoints answer, if they do. */
class OAuth2AnswerTest extends OAuth2Claims {
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
  void anErrorCodeThatRepeatsTheSecretIsToldWithoutIt() {
    Peer tokens = answering(HttpPeer.response("400 No", "{\"error\": \"no_geheim_here\"}"));
    OAuth2Specs specs = tokensFrom(tokens).secret(Source.inline("geheim"));
    probing(http().oauth2(specs), goodPeer())
        .failsIn(AUTH, Reason.AUTH)
        .saying("status 400, error no_<secret>_here");
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
  void aCompressedAnswerIsUnderstood() {
    byte[] body = ContentDecoderTest.Format.GZIP.encode(bytes(TOKEN));
    Peer tokens = answering(HttpPeer.ok(body, "Content-Encoding: gzip"));
    probing(http().oauth2(tokensFrom(tokens)), goodPeer()).passes();
  }
}
