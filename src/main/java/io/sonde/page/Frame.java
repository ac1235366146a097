package io.sonde.page;

import io.sonde.probe.Product;
import io.sonde.server.Answer;
import io.sonde.server.ResponseHead;
import java.util.Map;

/** What every page has around what it says: head, navigation, foot, and the fields it goes with. */
final class Frame {
  /**
   * Styles, scripts and pictures come from this daemon only, nothing stands within the page itself,
   * and nobody shows it in a frame of his.
   */
  static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private static final Map<Integer, ResponseHead> HEADS =
      Map.of(200, head(200), 400, head(400), 403, head(403), 404, head(404), 503, head(503));

  private static final String MAIN_ID = "content";

  private final Assets assets;

  Frame(Assets assets) {
    this.assets = assets;
  }

  private static ResponseHead head(int status) {
    return ResponseHead.of(
        status,
        "Content-Type",
        "text/html; charset=utf-8",
        "Content-Security-Policy",
        POLICY,
        "X-Content-Type-Options",
        "nosniff",
        "Referrer-Policy",
        "no-referrer",
        "Cross-Origin-Opener-Policy",
        "same-origin",
        "Cache-Control",
        "private, no-cache");
  }

  /**
   * The whole page.
   *
   * @param root what leads from it to the landing page
   */
  Answer answer(Content content, String root) {
    Html html = new Html(root);
    html.open(Tag.HTML).set(Attribute.LANG, "en");
    writeHead(html, content);
    html.open(Tag.BODY);
    writeTop(html, content);
    html.open(Tag.MAIN).set(Attribute.ID, MAIN_ID).set(Attribute.TABINDEX, -1);
    if (content.refreshing()) {
      html.set(Attribute.DATA_REFRESH);
    }
    content.body().accept(html);
    html.close();
    writeFoot(html);
    html.close().close();
    ResponseHead head = HEADS.get(content.status());
    return Answer.of(head == null ? head(content.status()) : head, html.finish());
  }

  private void writeHead(Html html, Content content) {
    html.open(Tag.HEAD).open(Tag.META).set(Attribute.CHARSET, "utf-8");
    meta(html, "viewport", "width=device-width, initial-scale=1");
    meta(html, "color-scheme", "light dark");
    html.leaf(Tag.TITLE, content.title() + " \u2013 Sonde, a Blackbox Exporter");
    html.open(Tag.LINK).set(Attribute.REL, "stylesheet").href(assets.style());
    html.open(Tag.LINK).set(Attribute.REL, "icon").href(assets.icon());
    if (content.refreshing()) {
      html.open(Tag.SCRIPT).src(assets.script()).set(Attribute.DEFER).close();
    }
    html.close();
  }

  private static void meta(Html html, String name, String value) {
    html.open(Tag.META).set(Attribute.NAME, name).set(Attribute.CONTENT, value);
  }

  private static void writeTop(Html html, Content content) {
    html.open(Tag.A, Look.SKIP).href(Link.within(MAIN_ID)).text("Skip to content").close();
    html.open(Tag.HEADER, Look.TOP);
    html.open(Tag.A, Look.BRAND).href(Link.HOME).text("Sonde").close();
    html.open(Tag.NAV).set(Attribute.ARIA_LABEL, "Pages").open(Tag.UL);
    for (Place place : Place.values()) {
      html.open(Tag.LI).open(Tag.A).href(place.link());
      if (place == content.place()) {
        html.set(Attribute.ARIA_CURRENT, "page");
      }
      html.text(place.label()).close().close();
    }
    html.close().close().close();
  }

  private static void writeFoot(Html html) {
    html.open(Tag.FOOTER).open(Tag.P).text("Sonde " + Product.VERSION + " \u00b7 ");
    html.open(Tag.A).href(Link.to("metrics")).text("Metrics").close().text(" \u00b7 ");
    html.open(Tag.A).href(Link.to("config")).text("Configuration").close();
    html.close().close();
  }
}
