package io.sonde.net.tls;

import io.sonde.config.TlsSpec;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a handshake needs to know about its module: compiled, shared by all handshakes,
 * immutable.
 */
public final class TlsContext {
  private final TlsSpec spec;
  private final @Nullable EngineChoice engines;
  private final PeerTrust trust;
  private final ChainVerifier verifier;

  /**
   * A context.
   *
   * @param engines null if the module allows no version of TLS at all
   */
  TlsContext(
      TlsSpec spec, @Nullable EngineChoice engines, PeerTrust trust, ChainVerifier verifier) {
    this.spec = spec;
    this.engines = engines;
    this.trust = trust;
    this.verifier = verifier;
  }

  /** The same context with other anchors. */
  TlsContext with(ChainVerifier other) {
    return other == verifier ? this : new TlsContext(spec, engines, trust, other);
  }

  /**
   * What makes engines for a handshake with {@code peer}.
   *
   * @throws ProbeFailure if none can be begun
   */
  EngineChoice enginesFor(TlsPeer peer) {
    if (engines == null) {
      throw new ProbeFailure(
          peer.phase(),
          Reason.CONFIG,
          "max_version " + spec.maxVersion() + " is below the lowest version that is allowed");
    }
    if (verifies() && peer.name().isEmpty()) {
      throw new ProbeFailure(
          peer.phase(),
          Reason.CONFIG,
          "either server_name or insecure_skip_verify must be set: the target has no name");
    }
    return engines;
  }

  boolean verifies() {
    return !spec.insecureSkipVerify();
  }

  PeerTrust trust() {
    return trust;
  }

  ChainVerifier verifier() {
    return verifier;
  }
}
