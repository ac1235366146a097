package io.sonde.net.http;

import io.sonde.net.tls.TlsContext;
import io.sonde.net.tls.TlsPeer;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Remote;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The QUIC connections of one run, by the host and port they lead to: a hop that goes where an
 * earlier one went takes the same connection. Confined to the run's loop.
 */
final class Http3Sessions {
  private final ProbeRun run;
  private final HttpTransport.Services services;
  private final Map<String, Http3Session> sessions = new HashMap<>(2);

  Http3Sessions(ProbeRun run, HttpTransport.Services services) {
    this.run = run;
    this.services = services;
  }

  /** An exchange on the connection that there is, or null if there is none. */
  @Nullable HttpConnection again(Destination to) {
    Http3Session session = sessions.get(authority(to));
    return session != null && session.isUsable() ? exchange(to, session) : null;
  }

  /** An exchange on a new connection. */
  CompletionStage<HttpConnection> connect(Destination to, TlsContext context, Remote remote) {
    TlsPeer peer = TlsPeer.target(to.tlsName(), to.listener()::presented).atHop(to.hop());
    return Http3Session.open(run, services.dialer().datagrams(), context, peer, remote)
        .thenApply(
            session -> {
              sessions.put(authority(to), session);
              return exchange(to, session);
            });
  }

  private HttpConnection exchange(Destination to, Http3Session session) {
    to.listener().established(session.tls());
    return session.newExchange(to.hop(), services.headers());
  }

  private static String authority(Destination to) {
    return to.url().host() + ' ' + to.url().effectivePort();
  }
}
