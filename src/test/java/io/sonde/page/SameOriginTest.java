package io.sonde.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.server.WebLocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {
  private final SameOrigin sameOrigin =
      new SameOrigin(new WebLocation("https://Sonde.example/bb", "/bb/"));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "same-origin, -, here:9115, true",
        "none, -, here:9115, true",
        "cross-site, -, here:9115, false",
        "same-site, http://here:9115, here:9115, false",
        "-, http://here:9115, here:9115, true",
        "-, http://HERE:9115, here:9115, true",
        "-, http://there:9115, here:9115, false",
        "-, https://sonde.example, behind-proxy:9115, true",
        "-, null, here:9115, false",
        "-, http://here:9115@evil.example, here:9115, false",
        "-, -, here:9115, true",
      })
  void formsComeFromPagesOfThisDaemon(String site, String origin, String host, boolean allowed) {
    assertEquals(allowed, sameOrigin.allows(site, origin, host));
  }
}
