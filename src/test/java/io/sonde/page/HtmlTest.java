package io.sonde.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.HostilePeers;
import org.junit.jupiter.api.Test;

class HtmlTest {
  private static String body(Html html) {
    return html.finish().replace("<!DOCTYPE html>\n", "").stripTrailing();
  }

  @Test
  void textIsEscapedWhereverItStands() {
    String evil = "<a href='x'>&\"";
    String escaped = "&lt;a href=&#39;x&#39;&gt;&amp;&#34;";
    Html html = new Html("").open(Tag.TD).set(Attribute.VALUE, evil).text(evil).close();
    assertEquals("<td value=\"" + escaped + "\">" + escaped + "</td>", body(html));
  }

  @Test
  void whatIsNotVisibleIsShown() {
    assertEquals(
        "<bdi>a\\u202eb\\n\\x1b[2J\\u2028</bdi>",
        body(new Html("").foreign("a\u202eb\n\u001b[2J\u2028")));
    assertEquals("<pre>a\n\\rb</pre>", body(new Html("").open(Tag.PRE).lines("a\n\rb").close()));
  }

  @Test
  void noTextEndsAnElementOrAnAttribute() {
    for (String text : new String[] {HostilePeers.LINES, HostilePeers.ONE_LINE}) {
      String page = body(new Html("").open(Tag.B).set(Attribute.VALUE, text).lines(text).close());
      assertTrue(page.matches("(?s)<b value=\"[^\"<>]*\">[^<>]*</b>"), page);
    }
  }

  @Test
  void elementsEndInTheOrderOfTheirBeginnings() {
    Html html = new Html("").open(Tag.DIV).open(Tag.INPUT).set(Attribute.REQUIRED).leaf(Tag.P, "a");
    assertThrows(IllegalStateException.class, html::finish);
    assertEquals("<div><input required><p>a</p>\n</div>", body(html.close()));
    assertThrows(IllegalStateException.class, () -> new Html("").set(Attribute.ID, "late"));
  }

  @Test
  void addressesAreToldRelativeToThePage() {
    Link link = Link.target("a b", "http://u@x/?q=1&r=\"<%\u00e9");
    assertEquals(
        "<a href=\"../targets?module=a%20b&amp;target=http://u@x/?q%3D1%26r%3D%22%3C%25%C3%A9\"></a>",
        body(new Html("../").open(Tag.A).href(link).close()));
    assertEquals("./", Link.HOME.from(""));
    assertEquals("../", Link.HOME.from("../"));
    assertEquals("#content", Link.within("content").from("../"));
  }
}
