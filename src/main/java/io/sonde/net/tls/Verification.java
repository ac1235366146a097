package io.sonde.net.tls;

import io.sonde.probe.PeerCertificate;
import io.sonde.probe.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a chain leads to an anchor, without regard to time and name: these are asked anew at
 * every probe.
 *
 * @param chains every way to an anchor; empty if there is none
 * @param objection in words, why there is none
 */
record Verification(List<VerifiedChain> chains, String objection) {

  /** Why a peer is not accepted. */
  record Problem(Reason reason, String message) {}

  static Verification untrusted(String objection) {
    return new Verification(List.of(), objection);
  }

  /**
   * What is wrong with the peer, or null. Being untrusted outweighs dates, and dates outweigh the
   * name.
   *
   * @param name a host name or an address literal
   * @param nowMillis Unix milliseconds
   */
  @Nullable Problem problem(PeerChain facts, String name, long nowMillis) {
    Problem problem = problem(nowMillis);
    if (problem != null) {
      return problem;
    }
    return facts.names().matches(name) ? null : wrongName(facts.leaf(), name);
  }

  /** What is wrong with the peer whatever its name, or null. */
  @Nullable Problem problem(long nowMillis) {
    if (chains.isEmpty()) {
      return new Problem(Reason.CERT_UNTRUSTED, objection);
    }
    return chains.stream().noneMatch(chain -> chain.isValidAt(nowMillis))
        ? outOfTime(chains.get(0), nowMillis)
        : null;
  }

  /**
   * The end of the chain that lives longest, in Unix seconds: of each chain that is valid now the
   * earliest expiry counts, and the latest of these is the answer.
   */
  long lastExpirySeconds(long nowMillis) {
    long last = Long.MIN_VALUE;
    for (VerifiedChain chain : chains) {
      if (chain.isValidAt(nowMillis)) {
        last = Math.max(last, chain.notAfterMillis());
      }
    }
    return Math.floorDiv(last, 1_000);
  }

  private static Problem outOfTime(VerifiedChain chain, long nowMillis) {
    for (VerifiedChain.Link link : chain.links()) {
      if (nowMillis > link.notAfterMillis()) {
        return new Problem(
            Reason.CERT_EXPIRED,
            "certificate \""
                + link.subject()
                + "\" expired "
                + span(nowMillis - link.notAfterMillis())
                + " ago, at "
                + Instant.ofEpochMilli(link.notAfterMillis()));
      }
      if (nowMillis < link.notBeforeMillis()) {
        return new Problem(
            Reason.CERT_NOT_YET_VALID,
            "certificate \""
                + link.subject()
                + "\" becomes valid in "
                + span(link.notBeforeMillis() - nowMillis)
                + ", at "
                + Instant.ofEpochMilli(link.notBeforeMillis()));
      }
    }
    throw new IllegalStateException("a chain out of time has a certificate out of time");
  }

  private static Problem wrongName(PeerCertificate leaf, String name) {
    List<String> names =
        Stream.concat(leaf.dnsNames().stream(), leaf.addresses().stream()).toList();
    return new Problem(
        Reason.CERT_NAME,
        names.isEmpty()
            ? "certificate \""
                + leaf.subject()
                + "\" lists no names (subject alternative names; the common name does not count), "
                + name
                + " was wanted"
            : "certificate is for " + String.join(", ", names) + ", not for " + name);
  }

  private static String span(long millis) {
    Duration duration = Duration.ofMillis(millis);
    if (duration.toDays() > 0) {
      return duration.toDays() + (duration.toDays() == 1 ? " day" : " days");
    }
    return duration.toHours() > 0
        ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
        : duration.toMinutes() + " min";
  }
}
