package io.sonde.net.tls;

import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Judges what peers send against one set of anchors, and remembers: a chain that was seen before
 * costs a hash of its bytes instead of parsing and signatures. What is remembered does not depend
 * on time or name. Safe for use by many threads.
 */
final class ChainVerifier {
  /** Enough for every target of a large installation; an entry takes a few kilobytes. */
  private static final int REMEMBERED_CHAINS = 4_096;

  private final Anchors anchors;
  private final PeerRole role;
  private final BoundedMemo<Digest, Seen> memo = new BoundedMemo<>(REMEMBERED_CHAINS);

  /** Judges servers. */
  ChainVerifier(Anchors anchors) {
    this(anchors, PeerRole.SERVER);
  }

  ChainVerifier(Anchors anchors, PeerRole role) {
    this.anchors = anchors;
    this.role = role;
  }

  /** The hash of all certificates of a chain, as a key. */
  private static final class Digest {
    private final byte[] bytes;

    private Digest(byte[] bytes) {
      this.bytes = bytes;
    }

    static Digest of(X509Certificate[] sent) throws CertificateEncodingException {
      MessageDigest sha256 = PeerChain.sha256();
      for (X509Certificate certificate : sent) {
        // A DER value tells its own length, so that no separator is needed.
        sha256.update(certificate.getEncoded());
      }
      return new Digest(sha256.digest());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
      return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | bytes[3] << 24;
    }
  }

  /** A chain that a peer sent, and what became of it. */
  static final class Seen {
    private final PeerChain chain;
    private volatile @Nullable Verification verification;

    private Seen(PeerChain chain) {
      this.chain = chain;
    }

    PeerChain chain() {
      return chain;
    }
  }

  /**
   * Recognises a chain.
   *
   * @throws CertificateException if it does not parse
   */
  Seen look(X509Certificate[] sent) throws CertificateException {
    Digest digest = Digest.of(sent);
    Seen seen = memo.get(digest);
    return seen != null ? seen : memo.putIfAbsent(digest, new Seen(PeerChain.of(sent)));
  }

  /** Verifies a chain that {@link #look} recognised in {@code sent}. */
  Verification verify(Seen seen, X509Certificate[] sent) {
    Verification known = seen.verification;
    if (known == null) {
      // Two loops may do this at once; they come to the same result.
      known = ChainSearch.verify(anchors, sent, seen.chain, role);
      seen.verification = known;
    }
    return known;
  }

  /** How many chains are remembered. */
  int remembered() {
    return memo.size();
  }
}
