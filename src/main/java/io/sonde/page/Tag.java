package io.sonde.page;

import java.util.Locale;

/** The elements that pages are made of. */
enum Tag {
  A,
  B,
  BDI,
  BODY,
  BUTTON,
  CAPTION,
  CODE,
  DD,
  DETAILS,
  DIV,
  DL,
  DT,
  FOOTER,
  FORM,
  H1,
  H2,
  H3,
  HEAD,
  HEADER,
  HTML,
  INPUT(true),
  LABEL,
  LI,
  LINE,
  LINK(true),
  MAIN,
  META(true),
  NAV,
  OL,
  OPTION,
  P,
  PRE,
  RECT,
  SCRIPT,
  SECTION,
  SELECT,
  SPAN,
  STRONG,
  SUMMARY,
  SVG,
  TABLE,
  TBODY,
  TD,
  TH,
  THEAD,
  TIME,
  TITLE,
  TR,
  UL;

  private final String label = name().toLowerCase(Locale.ROOT);
  private final boolean empty;

  Tag() {
    this(false);
  }

  Tag(boolean empty) {
    this.empty = empty;
  }

  /** As it is written. */
  String label() {
    return label;
  }

  /** Whether it has neither content nor an end tag. */
  boolean isEmpty() {
    return empty;
  }
}
