package io.sonde.cli;

/** What a piece of output stands for, and the colour that says so. */
enum Style {
  PASSED("1;32"),
  FAILED("1;31"),
  WARNING("1;33"),
  HEADING("1"),
  FAINT("2"),
  BAR("36"),
  BROKEN("31");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The parameters of the terminal's colour sequence. */
  String code() {
    return code;
  }
}
