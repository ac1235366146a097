package io.sonde.page;

/** What tables have in common. */
final class Tables {
  private Tables() {}

  /** The names of the columns. */
  static void head(Html html, String... names) {
    html.open(Tag.THEAD).open(Tag.TR);
    for (String name : names) {
      html.open(Tag.TH).set(Attribute.SCOPE, "col").text(name).close();
    }
    html.close().close();
  }

  /** Begins the cell that a row is named by. */
  static Html rowHead(Html html) {
    return html.open(Tag.TH).set(Attribute.SCOPE, "row");
  }

  /** A term and what it means, within a list of those. */
  static void fact(Html html, String term, String meaning) {
    html.open(Tag.DIV).leaf(Tag.DT, term).open(Tag.DD).foreign(meaning).close().close();
  }
}
