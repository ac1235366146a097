package io.sonde.probe.tcp;

import io.netty.channel.Channel;
import io.sonde.net.tls.TlsClient;
import io.sonde.net.tls.TlsContext;
import io.sonde.net.tls.TlsMaterial;
import io.sonde.net.tls.TlsMetrics;
import io.sonde.net.tls.TlsPeer;
import io.sonde.probe.ProbeRun;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** TLS on the connections of one module, from their start or in the middle of a dialogue. */
record Encryption(TlsMaterial material) {

  /** What a handshake needs, as its files are now. */
  CompletionStage<TlsContext> ready(ProbeRun run) {
    return material
        .current(run)
        .whenComplete(
            (context, error) -> {
              if (error != null) {
                run.trail().error("Error creating TLS configuration", "err", message(error));
              }
            });
  }

  /**
   * Does a handshake; its metrics replace those of an earlier one.
   *
   * @param name the name that the peer is known by, unless the module says another
   */
  CompletionStage<Channel> handshake(
      ProbeRun run, Channel channel, TlsContext context, String name) {
    TlsPeer peer =
        TlsPeer.target(
            material.nameFor(name), chain -> TlsMetrics.TCP.presented(run.samples(), chain));
    return TlsClient.handshake(run, channel, context, peer)
        .thenApply(
            session -> {
              TlsMetrics.TCP.established(run.samples(), session);
              return channel;
            });
  }

  /** What went wrong, in a line. */
  static String message(Throwable error) {
    Throwable cause = error.getCause();
    Throwable plain = error instanceof CompletionException && cause != null ? cause : error;
    return String.valueOf(plain.getMessage());
  }
}
