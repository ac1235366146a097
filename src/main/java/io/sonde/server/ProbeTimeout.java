package io.sonde.server;

import java.time.Duration;

/**
 * How long a probe may take: a pure function of the scraper's timeout, an offset and the module.
 */
final class ProbeTimeout {
  /** What is assumed of a scraper that does not tell its timeout. */
  static final double DEFAULT_SCRAPE_SECONDS = 120;

  /** The part of a scrape's time that a probe gets if the offset would leave it none. */
  private static final double SHARE_OF_SHORT_SCRAPE = 0.8;

  /** Longer is as good as for ever, and must not overflow a clock of nanoseconds. */
  private static final double MAX_SECONDS = 366.0 * 24 * 3600;

  private ProbeTimeout() {}

  /**
   * The limit of a probe.
   *
   * <p>The scrape's time less the offset, or the module's own limit if that is shorter. A scrape
   * that is no longer than the offset gives the probe four fifths of its time, so that the answer
   * still comes within the scrape. A scrape time that is not a positive finite number counts as
   * unknown.
   *
   * @param scrapeSeconds the scraper's timeout; 0 if it told none
   * @param offsetSeconds what is kept back for the way of the answer
   * @param module the module's limit; zero if it has none
   */
  static Duration of(double scrapeSeconds, double offsetSeconds, Duration module) {
    boolean told = scrapeSeconds > 0 && scrapeSeconds < Double.POSITIVE_INFINITY;
    double scrape = told ? scrapeSeconds : DEFAULT_SCRAPE_SECONDS;
    double moduleSeconds = module.toNanos() / 1e9;
    double limit = scrape - offsetSeconds;
    if (limit <= 0) {
      limit = told ? scrape * SHARE_OF_SHORT_SCRAPE : Math.max(0, moduleSeconds);
    }
    limit = Math.min(limit, MAX_SECONDS);
    return moduleSeconds > 0 && moduleSeconds < limit
        ? module
        : Duration.ofNanos(Math.round(limit * 1e9));
  }
}
