package io.sonde.net.tls;

import io.sonde.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Texts that should be certificates and keys; messages must not quote them. */
public final class PemFuzz {
  private static final int QUOTE_CHARS = 24;

  private PemFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    Pem.certificates(text);
    try {
      Secret password = Secret.of("sesame");
      ClientIdentity.of(ClientIdentity.chain(text, password), text, password);
    } catch (GeneralSecurityException e) {
      check(text, e);
    }
    try {
      PrivateKeys.first(text, Secret.NONE);
    } catch (GeneralSecurityException e) {
      check(text, e);
    }
  }

  private static void check(String text, Throwable e) {
    String message = String.valueOf(e.getMessage());
    for (Pem.Block block : Pem.blocks(text)) {
      String der = new String(block.der(), StandardCharsets.ISO_8859_1);
      if (der.length() >= QUOTE_CHARS && message.contains(der.substring(0, QUOTE_CHARS))) {
        throw new AssertionError("a key is quoted: " + message);
      }
    }
  }
}
