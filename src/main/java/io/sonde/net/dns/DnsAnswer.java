package io.sonde.net.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * What a name server said.
 *
 * @param rcode the response code, extended bits included (RFC 6895 section 2.3)
 * @param empty whether the server neither knows nor finds out: a referral to nowhere, if the code
 *     says that all is well
 * @param addresses the addresses of the type that was asked for, in order
 */
record DnsAnswer(int rcode, boolean empty, List<InetAddress> addresses) {
  private static final int NO_ERROR = 0;
  private static final int SERVER_FAILURE = 2;
  private static final int NAME_ERROR = 3;
  private static final int REFUSED = 5;

  /** Whether the next server may know better. */
  boolean useless() {
    return rcode == NO_ERROR ? empty : rcode != NAME_ERROR;
  }

  /** What is wrong with a useless answer, for people. */
  String complaint() {
    return switch (rcode) {
      case NO_ERROR -> "an empty referral";
      case SERVER_FAILURE -> "SERVFAIL";
      case REFUSED -> "REFUSED";
      default -> "response code " + rcode;
    };
  }
}
