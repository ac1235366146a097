package io.sonde.server;

import io.netty.channel.Channel;

/** What stands between a client's bytes and HTTP: TLS, or nothing. */
public interface Encryption {
  /** Plain HTTP/1. */
  Encryption NONE = new NoEncryption();

  /** Whether there is any. */
  boolean isOn();

  /** Whether clients may choose HTTP/2, which there is only with encryption. */
  boolean http2();

  /**
   * Begins with a connection that was accepted just now. Called on its event loop while its
   * pipeline is empty. As soon as it is known what the client speaks, {@code http1} or {@code
   * http2} is to be run on the loop, once: it adds its handlers to the end of the pipeline. Whoever
   * never gets as far must be disconnected by the encryption, after a time of its own.
   *
   * @param http2 is run only if {@link #http2()}
   */
  void begin(Channel channel, Runnable http1, Runnable http2);
}
