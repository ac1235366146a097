package io.sonde.config;

import java.util.Locale;

/** What is spoken with whom a probe connects to, as rules of a target policy tell it apart. */
public enum TargetScheme {
  /** An http prober or a token endpoint, without TLS. */
  HTTP,
  /** An http prober or a token endpoint, with TLS or QUIC. */
  HTTPS,
  /** A websocket without TLS. */
  WS,
  /** A websocket with TLS. */
  WSS,
  /** A tcp prober; one that turns to TLS later is of this kind as well. */
  TCP,
  /** A tcp prober with TLS from the beginning. */
  TLS,
  /** A dns prober, whatever carries its question. */
  DNS,
  /** A grpc prober, with TLS or without. */
  GRPC,
  /** An echo request. */
  ICMP,
  /** A unix domain socket. */
  UNIX,
  /** A proxy, whatever is asked of it. */
  PROXY;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** How configuration writes it. */
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
