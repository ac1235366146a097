package io.sonde.net.tls;

import io.netty.handler.ssl.OpenSsl;
import java.util.Locale;

/** Who does the cryptography of a handshake. */
public enum TlsProvider {
  /** BoringSSL, through its native library. */
  BORINGSSL,
  /** The JDK: everywhere, and about three times as expensive. */
  JDK;

  /** The system property that forces one of them. */
  static final String PROPERTY = "sonde.tls";

  /**
   * BoringSSL where its native library loads, else the JDK.
   *
   * @throws IllegalArgumentException if the system property {@code sonde.tls} names neither
   * @throws UnsatisfiedLinkError if it names BoringSSL, and that does not load
   */
  public static TlsProvider choose() {
    String forced = System.getProperty(PROPERTY);
    if (forced == null) {
      return OpenSsl.isAvailable() ? BORINGSSL : JDK;
    }
    TlsProvider provider = valueOf(forced.toUpperCase(Locale.ROOT));
    if (provider == BORINGSSL) {
      OpenSsl.ensureAvailability();
    }
    return provider;
  }

  /** The name in the start-up line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
