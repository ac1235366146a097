package io.sonde.page;

import java.util.Collection;

/** What forms have in common. */
final class Forms {
  private Forms() {}

  /** The name of a field. */
  static void label(Html html, String field, String name) {
    html.open(Tag.LABEL).set(Attribute.FOR, field).text(name).close();
  }

  /**
   * A choice.
   *
   * @param field what it is called in the request
   * @param none what stands for no choice; empty if there must be one
   * @param chosen chosen already; empty for none
   */
  static void select(
      Html html, String field, String none, Collection<String> values, String chosen) {
    html.open(Tag.SELECT).set(Attribute.ID, field).set(Attribute.NAME, field);
    if (!none.isEmpty()) {
      html.open(Tag.OPTION).set(Attribute.VALUE, "").text(none).close();
    }
    for (String value : values) {
      html.open(Tag.OPTION).set(Attribute.VALUE, value);
      if (value.equals(chosen)) {
        html.set(Attribute.SELECTED);
      }
      html.text(value).close();
    }
    html.close();
  }
}
