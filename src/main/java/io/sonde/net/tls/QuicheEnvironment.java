package io.sonde.net.tls;

import com.sun.jna.Native;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps quiche from reading the certificates of the machine, which it does for each connection and
 * then leaves unused, as the peer is verified here: four milliseconds on the event loop for the
 * usual bundle. It takes the file from the variable {@code SSL_CERT_FILE} as the C library has it,
 * of which Java's own view is a copy.
 */
final class QuicheEnvironment {
  private static final Logger logger = LoggerFactory.getLogger(QuicheEnvironment.class);

  private static final String VARIABLE = "SSL_CERT_FILE";
  private static final String NO_CERTIFICATES = "/dev/null";
  private static final int OVERWRITE = 1;

  private QuicheEnvironment() {}

  /** Hides the certificates; where that is not possible, connections are only slower. */
  static void hideCertificates() {
    // Java copies the environment when it is first asked for something in it.
    String seenByJava = System.getenv(VARIABLE);
    try {
      CLibrary.setenv(VARIABLE, NO_CERTIFICATES, OVERWRITE);
    } catch (LinkageError | RuntimeException e) {
      logger.debug("QUIC reads {} for each connection: {}", seenByJava, e.toString());
    }
  }

  /** Loaded on first use, as it loads JNA. */
  private static final class CLibrary {
    static {
      Native.register(CLibrary.class, "c");
    }

    static native int setenv(String name, String value, int overwrite);
  }
}
