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
  private final @Nullable QuicEngines quicEngines;
  private final PeerTrust trust;
  private final ChainVerifier verifier;

  /**
   * A context.
   *
   * @param engines null if the module allows no version of TLS at all, or is for QUIC
   * @param quicEngines null if the module does not allow TLS 1.3, or is not for QUIC
   */
  TlsContext(
      TlsSpec spec,
      @Nullable EngineChoice engines,
      @Nullable QuicEngines quicEngines,
      PeerTrust trust,
      ChainVerifier verifier) {
    this.spec = spec;
    this.engines = engines;
    this.quicEngines = quicEngines;
    this.trust = trust;
    this.verifier = verifier;
  }

  /** The same context with other anchors. */
  TlsContext with(ChainVerifier other) {
    return other == verifier ? this : new TlsContext(spec, engines, quicEngines, trust, other);
  }

  /**
   * What makes engines for a handshake with {@code peer}.
   *
   * @throws ProbeFailure if none can be begun
   */
  EngineChoice enginesFor(TlsPeer peer) {
    return usable(engines, peer);
  }

  /**
   * What makes the engine for a QUIC connection to {@code peer}.
   *
   * @throws ProbeFailure if none can be begun
   */
  QuicEngines quicEnginesFor(TlsPeer peer) {
    return usable(quicEngines, peer);
  }

  private <E> E usable(@Nullable E made, TlsPeer peer) {
    if (made == null) {
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
    return made;
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
