package io.sonde.page;

import io.sonde.history.TargetState;
import io.sonde.probe.Failure;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.view.Advice;

/** Why something failed, in a few words. */
final class Reasons {
  private Reasons() {}

  /** The reason as people read it. */
  static String words(Reason reason) {
    return reason.label().replace('_', ' ');
  }

  /** Writes why a target fails, linked to the failed probe where that is kept. */
  static void write(Html html, TargetState state) {
    ProbeResult last = state.lastFailure();
    Failure failure = last == null ? null : last.verdict().failure();
    if (last == null || failure == null || last.id() != state.last().id()) {
      Reason reason = state.last().reason();
      html.text(reason == null ? "" : words(reason));
      return;
    }
    html.open(Tag.A).href(Link.probe(last.id()));
    html.text(Advice.on(failure, last.request()).words()).close().text(" ");
    html.open(Tag.SPAN, Look.FAINT).foreign(Texts.cut(failure.message())).close();
  }
}
