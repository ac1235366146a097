package io.sonde.net.tls;

import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who does the handshake with a peer. BoringSSL is strict in places where other clients are
 * not: it refuses RSA certificates whose key usage lacks digital signatures, which many home-made
 * ones do, and it does not offer Ed25519 and P-521. So a peer with which it failed in such a way is
 * left to the JDK, which is slower, from the next connection on. If the JDK fails as well,
 * BoringSSL gets the peer back for a while. Safe for use by many threads.
 */
final class EngineChoice {
  private static final int REMEMBERED_PEERS = 1_024;
  private static final long DOUBT_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final TlsProvider provider;
  private final Engines.Recipe recipe;
  private final Engines preferred;
  private final BoundedMemo<Peer, Experience> experiences = new BoundedMemo<>(REMEMBERED_PEERS);
  private @Nullable Engines jdk;

  /** A peer, by its address and by what it was called. */
  record Peer(@Nullable SocketAddress remote, String name) {}

  private record Experience(boolean needsJdk, long atNanos) {}

  EngineChoice(TlsProvider provider, Engines.Recipe recipe)
      throws SSLException, GeneralSecurityException {
    this.provider = provider;
    this.recipe = recipe;
    this.preferred = Engines.compile(provider, recipe);
  }

  /** Whether a connection to {@code peer} is one for the second choice. */
  boolean isSecondChoice(Peer peer) {
    Experience experience = experiences.get(peer);
    return experience != null && experience.needsJdk;
  }

  /** What makes the engine for a connection. */
  Engines engines(boolean secondChoice) {
    return secondChoice ? jdk() : preferred;
  }

  /**
   * Learns from a handshake that failed.
   *
   * @return whether another connection has better prospects
   */
  boolean learn(Peer peer, boolean secondChoice, Throwable cause) {
    if (provider == TlsProvider.JDK || !TlsFailures.mayBeStrictness(cause, secondChoice)) {
      return false;
    }
    Experience experience = experiences.get(peer);
    boolean doubted =
        experience != null
            && !experience.needsJdk
            && System.nanoTime() - experience.atNanos < DOUBT_AGAIN_NANOS;
    if (!doubted) {
      experiences.put(peer, new Experience(!secondChoice, System.nanoTime()));
    }
    return !secondChoice && !doubted;
  }

  private synchronized Engines jdk() {
    Engines known = jdk;
    if (known == null) {
      try {
        known = new JdkEngines(recipe);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has TLS", e);
      }
      jdk = known;
    }
    return known;
  }
}
