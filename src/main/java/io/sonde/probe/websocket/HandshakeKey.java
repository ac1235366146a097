package io.sonde.probe.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a handshake asks a server to transform, so that an answer cannot come from somebody who
 * knows nothing of WebSocket, or from a cache (RFC 6455, section 1.3).
 *
 * @param text value of {@code Sec-WebSocket-Key}
 */
record HandshakeKey(String text) {
  private static final int BYTES = 16;
  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** A new one. */
  static HandshakeKey random() {
    byte[] bytes = new byte[BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return new HandshakeKey(Base64.getEncoder().encodeToString(bytes));
  }

  /** What the server has to answer in {@code Sec-WebSocket-Accept}. */
  String accept() {
    byte[] salted = (text + SALT).getBytes(StandardCharsets.US_ASCII);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(salted);
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
