package io.sonde.probe.dns;

/** Bytes that are no DNS message (RFC 1035 section 4). */
final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedMessageException(String what) {
    super(what, null, false, false);
  }
}
