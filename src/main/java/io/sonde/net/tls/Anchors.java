package io.sonde.net.tls;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** A set of certificates that are trusted as they are. Immutable. */
final class Anchors {
  private final Set<X509Certificate> all;
  private final Map<X500Principal, List<X509Certificate>> bySubject;

  Anchors(Collection<X509Certificate> certificates) {
    Set<X509Certificate> distinct = new LinkedHashSet<>(certificates);
    this.all = new HashSet<>(distinct);
    this.bySubject =
        new HashMap<>(
            distinct.stream()
                .collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal)));
  }

  boolean contains(X509Certificate certificate) {
    return all.contains(certificate);
  }

  /** The anchors that may have issued a certificate that names {@code subject} as its issuer. */
  List<X509Certificate> named(X500Principal subject) {
    return bySubject.getOrDefault(subject, List.of());
  }

  int size() {
    return all.size();
  }
}
