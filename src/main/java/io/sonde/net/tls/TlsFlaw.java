package io.sonde.net.tls;

/**
 * What is written in TLS settings and can never work, whatever the peer.
 *
 * @param setting the key whose value is wrong, as {@code ca}
 * @param message what is wrong with it; quotes nothing of it
 */
public record TlsFlaw(String setting, String message) {}
