package io.sonde.probe;

import java.util.Locale;

/**
 * The part of a probe that time is spent in, or that a failure belongs to. A closed set: the label
 * {@code phase} of {@code probe_failure_info} takes no other value.
 */
public enum Phase {
  /** Reading the target and the files that the module names; opening a socket that is shared. */
  SETUP,
  /** Turning a name into an address. */
  RESOLVE,
  /** Opening the transport connection. */
  CONNECT,
  /** Asking a proxy to forward the connection. */
  PROXY,
  /** The TLS or QUIC handshake. */
  TLS,
  /** Obtaining credentials, such as a token. */
  AUTH,
  /** From a usable connection to the first byte of the answer, sending the request included. */
  PROCESSING,
  /** From the first byte of the answer to its end. */
  TRANSFER,
  /** Judging what came. */
  CHECK;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of a {@code phase} label. */
  public String label() {
    return label;
  }
}
