package io.sonde.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.page.LinkTemplate.Placeholder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTemplateTest {
  @Test
  void valuesAreEscapedWhateverTheyAre() {
    LinkTemplate template = LinkTemplate.of("https://g.example:3000/x?q=%7B{target}%7D#{from}");
    assertNotNull(template);
    LinkTemplate.Filled filled =
        template.fill(
            Map.of(Placeholder.TARGET, "javascript:'\"<>&#{from}/\u202e", Placeholder.FROM, "12"));
    assertNotNull(filled);
    assertEquals(
        "https://g.example:3000/x?q=%7Bjavascript%3A%27%22%3C%3E%26%23%7Bfrom%7D%2F%E2%80%AE%7D#12",
        filled.url());
  }

  @Test
  void aLinkThatLacksAValueIsNone() {
    LinkTemplate template = LinkTemplate.of("http://t.example/{trace_id}");
    assertNotNull(template);
    assertNull(template.fill(Map.of(Placeholder.TARGET, "x")));
    assertNull(LinkTemplate.of(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "javascript:alert(1)            | http:// or https://",
        "/relative/{target}             | http:// or https://",
        "ftp://x.example/               | http:// or https://",
        "https:///{target}              | expected",
        "https://x.example/ {target}    | expected a URL",
        "https://u:p@x.example/         | credentials",
        "https://{target}/              | path, query and fragment",
        "https://x.{module}.example/    | path, query and fragment",
        "https://x.example/{tracee}     | unknown placeholder",
        "https://x.example/{            | unknown placeholder",
        "https://x.example/{tracee}     | {trace_id}",
      })
  void whatCanBeNoLinkIsRefused(String text, String words) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> LinkTemplate.of(text));
    assertTrue(String.valueOf(refused.getMessage()).contains(words), refused::getMessage);
  }

  @Test
  void everyPlaceholderIsFilledInForProbes() throws Exception {
    StringBuilder text = new StringBuilder("https://x.example/?");
    for (Placeholder placeholder : Placeholder.values()) {
      text.append(placeholder == Placeholder.TRACE_ID ? "" : placeholder.written() + "&");
    }
    LinksOut links = new LinksOut(LinkTemplate.of(text.toString()), null, null);
    List<LinksOut.Named> named = links.of(io.sonde.testkit.Results.expired());
    assertEquals(
        "https://x.example/?https%3A%2F%2Fold.example&web&0&tls&cert_expired&1795262100250"
            + "&1795262700290&2026-11-21T11%3A55%3A00Z&2026-11-21T12%3A05%3A00Z&",
        named.get(0).link().from("../"));
  }
}
