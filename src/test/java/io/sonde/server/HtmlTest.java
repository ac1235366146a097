package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void whatIsMarkupIsEscaped() {
    assertEquals("&lt;a href=&#39;b&#39;&gt;&amp;&#34;ü", Html.escape("<a href='b'>&\"ü"));
  }

  @Test
  void whatIsNotVisibleIsShown() {
    assertEquals("a\\u202eb\\n\\x1b[2J\\u2028", Html.escape("a\u202eb\n\u001b[2J\u2028"));
  }
}
