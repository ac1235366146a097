package io.sonde.cli;

import io.sonde.probe.Span;
import io.sonde.view.Units;
import java.util.Locale;

/**
 * Draws spans as bars on one time axis, which reaches from the beginning of the probe to its end
 * and fills the line.
 */
final class Waterfall {
  private static final String INDENT = "  ";
  private static final int PHASE_WIDTH = 10;
  private static final int TIME_WIDTH = 9;
  private static final int MARK_WIDTH = 2;
  private static final int LEAST_BAR_WIDTH = 8;
  private static final int EIGHTHS = 8;

  /** A cell filled from the left by no, one, ... seven eighths. */
  private static final String PARTS = " \u258f\u258e\u258d\u258c\u258b\u258a\u2589";

  private static final char FULL = '\u2588';
  private static final char BROKEN = '\u2591';

  private final Screen screen;
  private final long startNanos;
  private final double totalNanos;
  private final int barWidth;

  /**
   * An axis.
   *
   * @param startNanos when the probe began, on the clock of its spans
   * @param totalNanos how long it took
   */
  Waterfall(Screen screen, long startNanos, long totalNanos) {
    this.screen = screen;
    this.startNanos = startNanos;
    this.totalNanos = Math.max(1, totalNanos);
    int used = INDENT.length() + PHASE_WIDTH + 1 + TIME_WIDTH + 2 + MARK_WIDTH;
    this.barWidth = Math.max(LEAST_BAR_WIDTH, screen.width() - used);
  }

  /** One line, with its end. */
  String row(Span span) {
    String label =
        String.format(
            Locale.ROOT,
            "%s%-" + PHASE_WIDTH + "s %" + TIME_WIDTH + "s  ",
            INDENT,
            span.phase().label(),
            Units.time(span.nanos()));
    return label + bar(span) + "\n";
  }

  private String bar(Span span) {
    double from = (span.startNanos() - startNanos) / totalNanos;
    int startCell = (int) Math.min(barWidth - 1, Math.max(0, Math.floor(from * barWidth)));
    long room = (long) (barWidth - startCell) * EIGHTHS;
    long eighths =
        Math.min(room, Math.max(1, Math.round(span.nanos() / totalNanos * barWidth * EIGHTHS)));
    String blank = " ".repeat(startCell);
    if (!span.completed()) {
      int cells = (int) ((eighths + EIGHTHS - 1) / EIGHTHS);
      String bar =
          screen.unicode()
              ? String.valueOf(BROKEN).repeat(cells) + " \u2717"
              : ".".repeat(cells) + " x";
      return blank + screen.styled(Style.BROKEN, bar);
    }
    return blank + screen.styled(Style.BAR, screen.unicode() ? blocks(eighths) : hashes(eighths));
  }

  private static String blocks(long eighths) {
    int rest = (int) (eighths % EIGHTHS);
    String full = String.valueOf(FULL).repeat((int) (eighths / EIGHTHS));
    return rest == 0 ? full : full + PARTS.charAt(rest);
  }

  private static String hashes(long eighths) {
    return "#".repeat((int) Math.max(1, (eighths + EIGHTHS / 2) / EIGHTHS));
  }
}
