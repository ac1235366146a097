package io.sonde.page;

import io.sonde.probe.Phase;
import java.util.Locale;

/** The classes that the style sheet knows. */
enum Look {
  BAD,
  BARE,
  BRAND,
  BROKEN,
  CARDS,
  FACTS,
  FAINT,
  FIELDS,
  FILTER,
  HIDDEN,
  LEVEL,
  LINKS,
  MAP,
  NARROWING,
  NUMBER,
  OK,
  PHASE_AUTH,
  PHASE_CHECK,
  PHASE_CONNECT,
  PHASE_PROCESSING,
  PHASE_PROXY,
  PHASE_RESOLVE,
  PHASE_SETUP,
  PHASE_TLS,
  PHASE_TRANSFER,
  PLAIN,
  QUIET,
  ROW,
  SKIP,
  SPARK,
  STEP,
  TARGET,
  TOP,
  TOTAL,
  VERDICT,
  WARN,
  WATERFALL;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As it is written. */
  String label() {
    return label;
  }

  /** That of a phase. */
  static Look of(Phase phase) {
    return valueOf("PHASE_" + phase.name());
  }
}
