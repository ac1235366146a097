package io.sonde.probe;

import java.util.Locale;

/**
 * Why a probe failed. A closed set: the label {@code reason} of {@code probe_failure_info} takes no
 * other value, so that alerts and dashboards can rely on it. What was seen in detail stands in
 * {@link Failure#message()} and in the trail, never in a label.
 */
public enum Reason {
  /** The module or the target cannot work as written. */
  CONFIG,
  /** The name does not exist, or has no address of the wanted family. */
  NAME_NOT_FOUND,
  /** The resolver failed, or did not answer. */
  RESOLVER,
  /** The peer refused the connection. */
  REFUSED,
  /** No route to the peer. */
  UNREACHABLE,
  /** The peer ended the connection too early. */
  CLOSED,
  /** The deadline came first. */
  TIMEOUT,
  /** The peer's certificate has expired. */
  CERT_EXPIRED,
  /** The peer's certificate is not valid yet. */
  CERT_NOT_YET_VALID,
  /** No chain leads from the peer's certificate to a trust anchor. */
  CERT_UNTRUSTED,
  /** The peer's certificate is for another name. */
  CERT_NAME,
  /** The TLS handshake failed otherwise. */
  TLS,
  /** The peer does not speak the protocol. */
  PROTOCOL,
  /** A proxy refused or failed. */
  PROXY,
  /** Credentials could not be obtained or were not accepted. */
  AUTH,
  /** A redirect could not be followed. */
  REDIRECT,
  /** The status is not one of the wanted ones. */
  STATUS,
  /** A header check failed. */
  HEADER,
  /** A check of the body failed, or the body could not be decoded. */
  BODY,
  /**
   * The body is larger than what the module allows, or there is no memory for it or for headers.
   */
  BODY_LIMIT,
  /** The protocol version is not one of the wanted ones. */
  VERSION,
  /** TLS was used where it must not be, or the reverse. */
  SSL,
  /** The DNS response code is not one of the wanted ones. */
  RCODE,
  /** A check of DNS records failed. */
  RECORDS,
  /** The gRPC health service does not report SERVING. */
  SERVING_STATUS,
  /** What the peer sent is not what was expected. */
  MISMATCH,
  /** The process has no file descriptor left, or the machine no local port. */
  DESCRIPTORS,
  /** The target policy forbids the address. */
  BLOCKED_BY_POLICY,
  /** A bug of Sonde's; logged with its stack trace. */
  INTERNAL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of a {@code reason} label. */
  public String label() {
    return label;
  }
}
