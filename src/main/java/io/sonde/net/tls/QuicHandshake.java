package io.sonde.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import org.jspecify.annotations.Nullable;

/**
 * The part that TLS plays in one QUIC connection of one run (RFC 9001): makes the engine, judges
 * the peer, and says what came of it. The packets are somebody else's business.
 */
public final class QuicHandshake {
  private final ProbeRun run;
  private final TlsContext context;
  private final TlsPeer peer;
  private final QuicEngines engines;
  private final PeerScrutiny scrutiny;
  private @Nullable QuicSslEngine engine;

  /**
   * A handshake about to begin.
   *
   * @throws ProbeFailure if the module's settings do not allow one
   */
  public QuicHandshake(ProbeRun run, TlsContext context, TlsPeer peer) {
    this.run = run;
    this.context = context;
    this.peer = peer;
    this.engines = context.quicEnginesFor(peer);
    this.scrutiny = new PeerScrutiny(run, context, peer);
  }

  /** The engine for the connection; to be asked for once. */
  public QuicSslEngine newEngine(ByteBufAllocator allocator) {
    QuicSslEngine made = engines.newEngine(allocator, TlsName.indication(peer.name()));
    engine = made;
    context.trust().expect(made, scrutiny);
    run.onSettle(this::over);
    return made;
  }

  /** What came of it, after QUIC says that it succeeded. */
  public TlsSession session() {
    QuicSslEngine made = engine;
    if (made == null) {
      throw new IllegalStateException("expected a handshake that was begun");
    }
    over();
    return scrutiny.session(made);
  }

  /** Why this side rejected the peer; null if it did not. */
  public @Nullable ProbeFailure rejection() {
    return scrutiny.rejection();
  }

  /** Why it failed, by what QUIC has thrown. */
  public ProbeFailure failure(Throwable cause) {
    ProbeFailure rejection = scrutiny.rejection();
    return rejection == null ? TlsFailures.duringHandshake(peer.phase(), cause, false) : rejection;
  }

  /** What it means that the peer has ended the connection with a TLS alert of that number. */
  public ProbeFailure alert(int number) {
    return TlsFailures.ofAlert(peer.phase(), number);
  }

  /** Whom it is with. */
  public TlsPeer peer() {
    return peer;
  }

  private void over() {
    QuicSslEngine made = engine;
    if (made != null) {
      context.trust().forget(made);
    }
  }
}
