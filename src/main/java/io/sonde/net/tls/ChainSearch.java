package io.sonde.net.tls;

import io.sonde.probe.PeerCertificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds every chain that leads from a peer's certificate through what it sent to an anchor: depth
 * first, anchors before intermediates. Platform path builders stop at the first chain, but the
 * expiry that is reported is the one of the chain that lives longest. Time is left out here, so
 * that the result can be kept. Used once.
 */
final class ChainSearch {
  /** A peer that sends many certificates of one name could otherwise buy much work with little. */
  static final int MAX_SIGNATURE_CHECKS = 100;

  private final Anchors anchors;
  private final X509Certificate[] sent;
  private final PeerRole role;
  private final List<VerifiedChain> found = new ArrayList<>(2);
  private final List<X509Certificate> path = new ArrayList<>(4);
  private int signatureChecks;
  private @Nullable String objection;

  private ChainSearch(Anchors anchors, X509Certificate[] sent, PeerRole role) {
    this.anchors = anchors;
    this.sent = sent;
    this.role = role;
  }

  /** Searches; {@code sent} has the peer's own certificate first. */
  static Verification verify(
      Anchors anchors, X509Certificate[] sent, PeerChain facts, PeerRole role) {
    ChainSearch search = new ChainSearch(anchors, sent, role);
    X509Certificate leaf = sent[0];
    String unhandled = CertificateRules.unhandledExtension(leaf);
    if (unhandled != null) {
      return Verification.untrusted("the peer's certificate " + unhandled);
    }
    search.path.add(leaf);
    if (anchors.contains(leaf)) {
      search.accept();
    } else {
      search.climb();
    }
    return search.found.isEmpty()
        ? Verification.untrusted(search.reason(facts))
        : new Verification(List.copyOf(search.found), "");
  }

  private void climb() {
    X509Certificate child = path.get(path.size() - 1);
    for (X509Certificate anchor : anchors.namedBy(child)) {
      consider(child, anchor, true);
    }
    for (int i = 1; i < sent.length; i++) {
      if (sent[i].getSubjectX500Principal().equals(child.getIssuerX500Principal())) {
        consider(child, sent[i], false);
      }
    }
  }

  private void consider(X509Certificate child, X509Certificate parent, boolean anchor) {
    if (isInPath(parent)) {
      return;
    }
    if (++signatureChecks > MAX_SIGNATURE_CHECKS) {
      objection = "the peer sent too many certificates that could be one another's issuers";
      return;
    }
    String problem = CertificateRules.signature(child, parent);
    if (problem == null) {
      problem = CertificateRules.authority(parent, path, anchor);
    }
    if (problem != null) {
      if (objection == null) {
        objection = "issuer \"" + subject(parent) + "\" " + problem;
      }
      return;
    }
    path.add(parent);
    if (anchor) {
      accept();
    } else {
      climb();
    }
    path.remove(path.size() - 1);
  }

  private void accept() {
    String problem = CertificateRules.usage(path, role);
    if (problem == null) {
      found.add(VerifiedChain.of(path));
    } else if (objection == null) {
      objection = "the chain of the peer's certificate " + problem;
    }
  }

  /** The same subject with the same key is the same authority, whoever signed it. */
  private boolean isInPath(X509Certificate candidate) {
    for (X509Certificate member : path) {
      if (member.getSubjectX500Principal().equals(candidate.getSubjectX500Principal())
          && member.getPublicKey().equals(candidate.getPublicKey())) {
        return true;
      }
    }
    return false;
  }

  private String reason(PeerChain facts) {
    PeerCertificate leaf = facts.leaf();
    if (objection != null) {
      return objection + " (for \"" + leaf.subject() + "\")";
    }
    if (anchors.size() == 0) {
      return "there are no trust anchors: no system certificates were found";
    }
    if (sent[0].getSubjectX500Principal().equals(sent[0].getIssuerX500Principal())) {
      return "certificate \"" + leaf.subject() + "\" is self-signed and not a trust anchor";
    }
    PeerCertificate top = facts.certificates().get(topOfSent());
    return "certificate \""
        + top.subject()
        + "\" is signed by \""
        + top.issuer()
        + "\", which is not a trust anchor"
        + (sent.length == 1 ? "; the peer sent no intermediate certificate" : "");
  }

  /** The index of the last certificate that can be reached from the leaf by names. */
  private int topOfSent() {
    int top = 0;
    for (int steps = 0; steps < sent.length; steps++) {
      int next = issuerOf(top);
      if (next < 0) {
        return top;
      }
      top = next;
    }
    return top;
  }

  private int issuerOf(int index) {
    for (int i = 1; i < sent.length; i++) {
      if (i != index
          && sent[i].getSubjectX500Principal().equals(sent[index].getIssuerX500Principal())) {
        return i;
      }
    }
    return -1;
  }

  private static String subject(X509Certificate certificate) {
    return DistinguishedName.text(certificate.getSubjectX500Principal());
  }
}
