package io.sonde.net.tls;

import io.netty.handler.codec.quic.Quic;
import org.jspecify.annotations.Nullable;

/** The native library that speaks QUIC. It is loaded when the first module asks for it. */
public final class QuicLibrary {
  /** The system property that keeps it from being used if it says {@code no}; tests use it. */
  static final String PROPERTY = "sonde.quic";

  private static final String REMEDY =
      "; libraries are unpacked to java.io.tmpdir, which must be writable and not mounted noexec,"
          + " unless they lie on java.library.path";

  private static volatile boolean asked;

  private QuicLibrary() {}

  /** Why QUIC cannot be spoken here, or null if it can. Loads the library. */
  public static @Nullable String problem() {
    if ("no".equals(System.getProperty(PROPERTY))) {
      asked = true;
      return "the system property " + PROPERTY + " says no";
    }
    if (!asked) {
      QuicheEnvironment.hideCertificates();
      asked = true;
    }
    Throwable cause = Quic.unavailabilityCause();
    return cause == null
        ? null
        : "its native library does not load: " + rootOf(cause).getMessage() + REMEDY;
  }

  /**
   * What is known of the library, in the words of the start-up line: {@code unused} as long as no
   * module has asked for it, as it is not loaded for this; then {@code yes} or {@code no}.
   */
  public static String state() {
    if (!asked) {
      return "unused";
    }
    return problem() == null ? "yes" : "no";
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
