package io.sonde.page;

import java.util.Locale;

/**
 * What elements are told. Addresses are not among them: {@link Html} writes those from {@link Link}
 * alone, so that no text ever becomes one.
 */
enum Attribute {
  ARIA_CURRENT,
  ARIA_HIDDEN,
  ARIA_LABEL,
  ARIA_LABELLEDBY,
  AUTOCOMPLETE,
  CHARSET,
  COLSPAN,
  CONTENT,
  DATA_REFRESH,
  DATETIME,
  DEFER,
  FOR,
  HEIGHT,
  ID,
  LANG,
  MAXLENGTH,
  METHOD,
  NAME,
  OPEN,
  PLACEHOLDER,
  PRESERVE_ASPECT_RATIO("preserveAspectRatio"),
  REL,
  REQUIRED,
  ROLE,
  SCOPE,
  SELECTED,
  SPELLCHECK,
  TABINDEX,
  TYPE,
  VALUE,
  VIEW_BOX("viewBox"),
  WIDTH,
  X,
  X1,
  X2,
  Y,
  Y1,
  Y2;

  private final String label;

  Attribute() {
    this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Attribute(String label) {
    this.label = label;
  }

  /** As it is written. */
  String label() {
    return label;
  }
}
