package io.sonde.net.http;

import io.sonde.net.tls.PeerChain;
import io.sonde.net.tls.TlsSession;

/** Is told what a TLS handshake with the peer of a request shows. Proxies are not among these. */
public interface TlsListener {
  /** Somebody who does not want to know. */
  TlsListener NONE =
      new TlsListener() {
        @Override
        public void presented(PeerChain chain) {}

        @Override
        public void established(TlsSession session) {}
      };

  /** The peer has sent its certificates, which nobody has verified yet. */
  void presented(PeerChain chain);

  /** The handshake has succeeded. */
  void established(TlsSession session);
}
