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
    "http://joe@host/, http://joe@host/",
    "http://host/a:b@c, http://host/a:b@c",
    "http://host:80/b@c, http://host:80/b@c",
    "http://[::1]:80/b@c, http://[::1]:80/b@c",
    "http://[::1]/b@c, http://[::1]/b@c",
    "http://j:abc@host/, http://j:<secret>@host/",
    "http://j:hun/ter2@host/, http://j:<secret>@host/",
    "http://j:hun#ter2@host/?a=b, http://j:<secret>@host/?a=b",
    "http://j:a@hunter2@host/, http://j:<secret>@host/",
    "http://j:<secret>@host/, http://j:<secret>@host/",
    "http://j:@host/, http://j:@host/",
    "@, @",
    ":@, :@",
    "host:80, host:80"
  })
  void thePasswordOfATargetIsHidden(String target, String shown) {
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
