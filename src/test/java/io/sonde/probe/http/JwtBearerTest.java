package io.sonde.probe.http;

import static io.sonde.probe.Phase.AUTH;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.probe.http.OAuth2Specs.tokensFrom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import io.sonde.config.Source;
import io.sonde.probe.Reason;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JwtBearerTest extends OAuth2Claims {
  private static final TestIdentity RSA = identity("RSA");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"'', 256", "RS256, 256", "RS384, 384", "RS512, 512"})
  void anAssertionIsSignedWithTheKey(String algorithm, String bits)
      throws GeneralSecurityException {
    Peer tokens = tokenPeer();
    Peer target = goodPeer();
    OAuth2Specs specs = tokensFrom(tokens).signedWith(Source.inline(RSA.keyPem()), algorithm);
    probing(http().oauth2(specs), target).passes();
    assertEquals("Bearer t0k", header(target.received(), "Authorization"));
    String[] parts = assertion(tokens).split("\\.");
    assertEquals("{\"alg\":\"RS" + bits + "\",\"typ\":\"JWT\"}", decoded(parts[0]));
    Signature verifier = Signature.getInstance("SHA" + bits + "withRSA");
    verifier.initVerify(RSA.keys().getPublic());
    verifier.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertTrue(verifier.verify(Base64.getUrlDecoder().decode(parts[2])), "signature");
  }

  @Test
  void anAssertionClaimsWhoAsksAndForHowLong() {
    Peer tokens = tokenPeer();
    probing(
            http().oauth2(tokensFrom(tokens).signedWith(Source.inline(RSA.keyPem()), "")),
            goodPeer())
        .passes();
    Map<?, ?> claims = claims(tokens);
    assertEquals("my id", claims.get("iss"));
    assertEquals("my id", claims.get("sub"));
    assertEquals("http://" + tokens.address() + "/token", claims.get("aud"));
    assertEquals(600.0, number(claims, "exp") - number(claims, "iat"));
    assertTrue(
        Math.abs(System.currentTimeMillis() / 1e3 - number(claims, "iat")) < 120, "issued now");
    assertEquals(36, String.valueOf(claims.get("jti")).length());
    assertTrue(
        asked(tokens, 0)
            .endsWith("&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"));
  }

  @Test
  void theModuleMayClaimMore() {
    Map<String, Object> deep = new LinkedHashMap<>();
    deep.put("b", 1L);
    deep.put("a", Arrays.asList(1L, 2.0, true, null, "x\""));
    Map<String, @Nullable Object> extra = Map.of("iss", "other", "deep", deep);
    Peer tokens = tokenPeer();
    OAuth2Specs specs =
        tokensFrom(tokens)
            .signedWith(Source.inline(RSA.keyPem()), "")
            .keyId("kid-1")
            .scopes("a", "b")
            .claims(extra);
    probing(http().oauth2(specs), goodPeer()).passes();
    assertTrue(decoded(assertion(tokens).split("\\.")[0]).contains("\"kid\":\"kid-1\""));
    String text = decoded(assertion(tokens).split("\\.")[1]);
    assertTrue(text.contains("\"deep\":{\"a\":[1,2,true,null,\"x\\\"\"],\"b\":1}"), text);
    assertTrue(text.contains("\"iss\":\"other\""), text);
    assertTrue(text.contains("\"scope\":\"a b\""), text);
    assertTrue(asked(tokens, 0).endsWith("&scope=a+b"), "scopes stand in the form as well");
  }

  @Test
  void aKeyInAFileIsReadWhenItChanges() throws IOException {
    Path file = Files.writeString(folder.resolve("key.pem"), RSA.traditionalKeyPem());
    Peer tokens = tokenPeer();
    var spec =
        http().oauth2(tokensFrom(tokens).signedWith(Source.file(file.toString()), "")).spec();
    Peer target = goodPeer();
    probing(spec, "http://" + target.address()).passes();
    Files.writeString(file, "no key");
    Outcome outcome =
        probing(spec, "http://" + target.address())
            .failsIn(AUTH, CONFIG)
            .saying("client_certificate_key: no PEM block with a private key");
    assertFalse(outcome.result().toString().contains("no key\n"));
    Files.delete(file);
    probing(spec, "http://" + target.address()).failsIn(AUTH, CONFIG).saying("no such file");
  }

  @Test
  void onlyRsaKeysSign() {
    OAuth2Specs specs =
        tokensFrom(tokenPeer()).signedWith(Source.inline(identity("EC").keyPem()), "");
    probing(http().oauth2(specs), goodPeer())
        .failsIn(AUTH, CONFIG)
        .saying("expected an RSA key, got one for EC");
  }

  @Test
  void aRefusalIsAskedForOnlyOnce() {
    Peer tokens = answering(HttpPeer.response("400 Bad", "{\"error\": \"invalid_grant\"}"));
    OAuth2Specs specs = tokensFrom(tokens).signedWith(Source.inline(RSA.keyPem()), "");
    probing(http().oauth2(specs), goodPeer())
        .failsIn(AUTH, Reason.AUTH)
        .saying("status 400, error invalid_grant");
    assertEquals(1, tokens.connections());
  }

  private static TestIdentity identity(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("EC") ? 256 : 2048);
      KeyPair keys = generator.generateKeyPair();
      return new TestIdentity(keys, List.of(TestCa.root("Signer", keys).certificate()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String assertion(Peer tokens) {
    String received = asked(tokens, 0);
    int start = received.indexOf("assertion=") + "assertion=".length();
    String escaped = received.substring(start, received.indexOf('&', start));
    return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
  }

  private static Map<?, ?> claims(Peer tokens) {
    return new Gson().fromJson(decoded(assertion(tokens).split("\\.")[1]), Map.class);
  }

  private static double number(Map<?, ?> claims, String name) {
    return claims.get(name) instanceof Double number ? number : Double.NaN;
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private Peer tokenPeer() {
    return answersForm(rig.closing(Peer.listening()), HttpPeer.ok("{\"access_token\": \"t0k\"}"));
  }
}
