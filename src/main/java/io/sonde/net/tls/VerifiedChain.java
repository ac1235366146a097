package io.sonde.net.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * One way from a peer's certificate to an anchor, reduced to what time can change.
 *
 * @param links from the leaf to the anchor
 * @param notBeforeMillis when the last of them becomes valid, in Unix milliseconds
 * @param notAfterMillis when the first of them expires, in Unix milliseconds
 */
record VerifiedChain(List<Link> links, long notBeforeMillis, long notAfterMillis) {

  /** One certificate of a chain. */
  record Link(String subject, long notBeforeMillis, long notAfterMillis) {}

  static VerifiedChain of(List<X509Certificate> certificates) {
    List<Link> links = certificates.stream().map(VerifiedChain::link).toList();
    return new VerifiedChain(
        links,
        links.stream().mapToLong(Link::notBeforeMillis).max().orElseThrow(),
        links.stream().mapToLong(Link::notAfterMillis).min().orElseThrow());
  }

  private static Link link(X509Certificate certificate) {
    return new Link(
        DistinguishedName.text(certificate.getSubjectX500Principal()),
        certificate.getNotBefore().toInstant().toEpochMilli(),
        certificate.getNotAfter().toInstant().toEpochMilli());
  }

  boolean isValidAt(long millis) {
    return millis >= notBeforeMillis && millis <= notAfterMillis;
  }
}
