package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource({
    "http://joe:hunter2@host/, http://joe:<secret>@host/",
    "joe:hunter2@host:80, joe:<secret>@host:80",
    "http://joe@host/, http://<secret>@host/",
    "joe@host:80, <secret>@host:80",
    "http://ghp_0123456789abcdefghij:x@host/, http://<secret>:<secret>@host/",
    "https://t0ken:x-oauth-basic@host/, https://<secret>:<secret>@host/",
    "http://host/?token=abc&a=b, http://host/?token=<secret>&a=b",
    "http://host/?a=b&X-Amz-Signature=0&key=1#id_token=x, http://host/?a=b&X-Amz-Signature=<secret>&key=<secret>#id_token=<secret>",
    "http://host/?monkey=a&page=2&sig=, http://host/?monkey=a&page=2&sig=",
    "http://host/a:b@c, http://host/a:b@c",
    "http://host:80/b@c, http://host:80/b@c",
    "http://[::1]:80/b@c, http://[::1]:80/b@c",
    "http://[::1]/b@c, http://[::1]/b@c",
    "http://j:abc@host/, http://j:<secret>@host/",
    "http://j:hun/ter2@host/, http://j:<secret>@host/",
    "http://j:hun#ter2@host/?a=b, http://j:<secret>@host/?a=b",
    "http://j:a@hunter2@host/, http://j:<secret>@host/",
    "http://j:<secret>@host/, http://j:<secret>@host/",
    "http://j:@host/, http://<secret>:@host/",
    "@, @",
    ":@, :@",
    "host:80, host:80"
  })
  void whatIsSecretInATargetIsHidden(String target, String shown) {
    assertEquals(shown, Redaction.ofUrl(target).hide(target));
  }

  @ParameterizedTest
  @CsvSource({
    "parse 'p ss%w' failed, parse '<secret>' failed",
    "p+ss%25w, <secret>",
    "p%20ss%25w, <secret>",
    "Basic am9lOnAgc3Mldw==, Basic <secret>==",
    "joe:p%20ss%25w@host, joe:<secret>@host",
    "short, short"
  })
  void aPasswordIsHiddenInEveryForm(String text, String shown) {
    assertEquals(shown, Redaction.ofUrl("http://joe:p%20ss%25w@host/").hide(text));
  }

  @Test
  void aTokenInTheUsersPlaceIsHiddenInEveryForm() {
    Redaction secrets = Redaction.ofUrl("https://t0ken-value:@host/");
    assertEquals(
        "no <secret> nor <secret>= here",
        secrets.hide("no t0ken-value nor dDBrZW4tdmFsdWU6= here"));
  }

  @Test
  void aShortSecretIsHiddenAsAWord() {
    Redaction secrets = Redaction.builder().add("abc").add("x").build();
    assertEquals("<secret>, abcd, \"<secret>\" x", secrets.hide("abc, abcd, \"abc\" x"));
  }

  @Test
  void whatACutLeftOfASecretIsHidden() {
    Redaction secrets = Redaction.builder().add("hunter2").build();
    assertEquals("said <secret>... (200 bytes)", secrets.hide("said hunt... (200 bytes)"));
    assertEquals("\"<secret>\"... (200 bytes)", secrets.hide("\"hunter\"... (200 bytes)"));
    assertEquals("\"hun\" not cut", secrets.hide("\"hun\" not cut"));
  }

  @Test
  void aSecretIsHiddenAsQuotedTextShowsIt() {
    Redaction secrets = Redaction.builder().add("a\"b\\cé").build();
    assertEquals("<secret>", secrets.hide("a\\\"b\\\\c\\xc3\\xa9"));
  }

  @Test
  void ofAUrlWithManySecretsAllThatFollowsThePathIsOne() {
    StringBuilder url = new StringBuilder("http://host/path?");
    for (int i = 0; i < 100; i++) {
      url.append("token").append(i).append('=').append(i).append('&');
    }
    assertEquals("http://host/path?<secret>", Redaction.ofUrl(url.toString()).hide(url.toString()));
  }

  @Test
  void credentialsOfHeadersAreHiddenWithoutWhatStandsAroundThem() {
    Redaction secrets =
        Redaction.builder()
            .header("authorization", "Basic am9lOmh1bnRlcjI=")
            .header("Proxy-Authorization", "Bearer abcdef")
            .header("Cookie", "a=c00kie; lang=en")
            .header("x-token-bin", "binary")
            .build();
    assertEquals(
        "<secret> <secret> abcde <secret> <secret> lang=en <secret>",
        secrets.hide("am9lOmh1bnRlcjI= hunter2 abcde abcdef c00kie lang=en YmluYXJ5"));
  }

  @Test
  void aSecretThatIsAPartOfTheMaskIsHiddenOnce() {
    Redaction secrets = Redaction.builder().add("secret").build();
    assertEquals("a <secret>", secrets.hide(secrets.hide("a secret")));
  }

  @Test
  void whereNothingIsSecretTheTextStays() {
    assertSame(Redaction.NONE, Redaction.builder().add("").login("joe", "").build());
    assertSame(Redaction.NONE, Redaction.ofUrl("http://host/").and(Redaction.NONE));
    assertEquals("any", Redaction.NONE.hide("any"));
  }

  @Test
  void whatAModuleSendsAsASecretIsKnown() {
    GrpcSpec grpc =
        new GrpcSpec(
            "",
            false,
            TlsSpec.DEFAULT,
            IpPreference.DEFAULT,
            Map.of("x-api-key", List.of("hunter2"), "x-a", List.of("plain")));
    assertEquals("<secret> plain", ModuleSecrets.of(grpc).hide("hunter2 plain"));
  }
}
