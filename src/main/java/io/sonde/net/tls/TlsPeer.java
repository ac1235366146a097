package io.sonde.net.tls;

import io.sonde.probe.Phase;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whom a handshake is with, and how it is accounted for.
 *
 * @param name the name to indicate and to verify: a host name or an address literal, with or
 *     without brackets and zone, never with a port; empty if there is none
 * @param phase the phase that the handshake belongs to, {@link Phase#TLS} for a target
 * @param hop which request of a chain of redirects, from 0
 * @param limit the longest that it may take even if the deadline is later; null for no such limit
 * @param presented is given the chain that the peer sent, before it is verified
 */
public record TlsPeer(
    String name,
    Phase phase,
    int hop,
    @Nullable Duration limit,
    Consumer<? super PeerChain> presented) {
  /** The target of a probe. */
  public static TlsPeer target(String name, Consumer<? super PeerChain> presented) {
    return new TlsPeer(name, Phase.TLS, 0, null, presented);
  }

  /** The target of a redirect. */
  public TlsPeer atHop(int redirects) {
    return new TlsPeer(name, phase, redirects, limit, presented);
  }

  /** A peer that must be done with the handshake after {@code duration}. */
  public TlsPeer within(Duration duration) {
    return new TlsPeer(name, phase, hop, duration, presented);
  }

  /** A peer whose handshake belongs to another phase, such as that of a proxy. */
  public TlsPeer inPhase(Phase other) {
    return new TlsPeer(name, other, hop, limit, presented);
  }
}
