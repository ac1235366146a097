package io.sonde.count;

import java.util.Locale;

/** What came of a question to a name server. A closed set. */
public enum QueryOutcome {
  /** The server answered; also that there is no such name. */
  ANSWERED,
  /** The server answered that it does not know, or has failed. */
  USELESS,
  /**
   * There was no answer when the resolver's time for it, or the probe's for everything, was over.
   */
  TIMEOUT,
  /** The question could not be sent, the connection failed, or the answer was malformed. */
  FAILED,
  /** Nobody waited for the answer any more: another came first, or the caller left. */
  DROPPED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of an {@code outcome} label. */
  public String label() {
    return label;
  }
}
