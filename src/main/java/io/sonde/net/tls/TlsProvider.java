package io.sonde.net.tls;

import io.netty.handler.ssl.OpenSsl;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Who does the cryptography of a handshake. */
public enum TlsProvider {
  /** BoringSSL, through its native library. */
  BORINGSSL,
  /** The JDK: everywhere, and about three times as expensive. */
  JDK;

  static {
    // Before anything of TLS is touched, by Netty or by us.
    JdkEngines.setUp();
  }

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
    TlsProvider provider =
        switch (forced.toLowerCase(Locale.ROOT)) {
          case "boringssl" -> BORINGSSL;
          case "jdk" -> JDK;
          default ->
              throw new IllegalArgumentException(
                  "expected boringssl or jdk as " + PROPERTY + ", got \"" + forced + "\"");
        };
    if (provider == BORINGSSL) {
      OpenSsl.ensureAvailability();
    }
    return provider;
  }

  /**
   * Checks what the system property asks for; loads nothing if it is not set.
   *
   * @throws IllegalArgumentException if it names neither; the message says so
   * @throws UnsatisfiedLinkError if it names BoringSSL, and that does not load
   */
  public static void checkProperty() {
    if (System.getProperty(PROPERTY) != null) {
      choose();
    }
  }

  /**
   * Loads the TLS of the JDK, which Netty asks for what it can do before it loads BoringSSL. That
   * takes longer than BoringSSL does, and needs no log.
   */
  public static void preload() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      context.getSupportedSSLParameters();
    } catch (GeneralSecurityException ignored) {
      // Whoever needs it will say so.
    }
  }

  /** The name in the start-up line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
