package io.sonde.net.tls;

import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Judges the peer of one handshake of one run, and tells the run what was learnt about it, whatever
 * carries the handshake.
 */
final class PeerScrutiny implements PeerCheck {
  private final ProbeRun run;
  private final TlsContext context;
  private final TlsPeer peer;
  private @Nullable PeerChain chain;
  private Verification.@Nullable Problem problem;
  private long lastChainExpirySeconds = TlsSession.NOT_VERIFIED;

  PeerScrutiny(ProbeRun run, TlsContext context, TlsPeer peer) {
    this.run = run;
    this.context = context;
    this.peer = peer;
  }

  @Override
  public void check(X509Certificate[] sent) throws CertificateException {
    ChainVerifier verifier = context.verifier();
    ChainVerifier.Seen seen = verifier.look(sent);
    chain = seen.chain();
    peer.presented().accept(seen.chain());
    if (peer.phase() == Phase.TLS) {
      run.learn(new Fact.Certificates(peer.hop(), seen.chain().certificates()));
    }
    if (!context.verifies()) {
      return;
    }
    long nowMillis = System.currentTimeMillis();
    Verification verification = verifier.verify(seen, sent);
    problem = verification.problem(seen.chain(), peer.name(), nowMillis);
    if (problem != null) {
      throw new CertificateException(problem.message());
    }
    lastChainExpirySeconds = verification.lastExpirySeconds(nowMillis);
  }

  /** Whether the peer was rejected. */
  boolean hasRejected() {
    return problem != null;
  }

  /** Why the peer was rejected; null if it was not. */
  @Nullable ProbeFailure rejection() {
    Verification.Problem found = problem;
    return found == null ? null : new ProbeFailure(peer.phase(), found.reason(), found.message());
  }

  /** What the handshake of {@code engine}, which has succeeded, came to. */
  TlsSession session(SSLEngine engine) {
    SSLSession session = engine.getSession();
    String chosen = engine.getApplicationProtocol();
    String protocol = chosen == null || chosen.isEmpty() ? null : chosen;
    String version = versionName(session.getProtocol());
    String cipher = session.getCipherSuite();
    if (peer.phase() == Phase.TLS) {
      run.learn(new Fact.Tls(peer.hop(), version, cipher, protocol, context.verifies()));
    }
    return new TlsSession(
        version,
        cipher,
        protocol,
        Objects.requireNonNull(chain, "a handshake succeeded without a certificate"),
        lastChainExpirySeconds);
  }

  private static String versionName(String protocol) {
    return switch (protocol) {
      case "TLSv1" -> "TLS 1.0";
      case "TLSv1.1" -> "TLS 1.1";
      case "TLSv1.2" -> "TLS 1.2";
      case "TLSv1.3" -> "TLS 1.3";
      default -> "unknown";
    };
  }
}
