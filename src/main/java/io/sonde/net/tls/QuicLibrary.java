package io.sonde.net.tls;

import io.netty.handler.codec.quic.Quic;
import io.netty.util.internal.PlatformDependent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The native library that speaks QUIC. It is loaded when the first module asks for it. */
public final class QuicLibrary {
  /** The system property that keeps it from being used if it says {@code no}; tests use it. */
  static final String PROPERTY = "sonde.quic";

  private static volatile boolean asked;

  private QuicLibrary() {}

  /** Why QUIC cannot be spoken here, or null if it can. Loads the library. */
  public static @Nullable String problem() {
    if ("no".equals(System.getProperty(PROPERTY))) {
      return "the system property " + PROPERTY + " says no";
    }
    if (!asked) {
      QuicheEnvironment.hideCertificates();
      asked = true;
    }
    Throwable cause = Quic.unavailabilityCause();
    return cause == null ? null : "its native library does not load: " + rootOf(cause).getMessage();
  }

  /**
   * Whether QUIC can be spoken here. As long as no module has asked for the library, it is not
   * loaded for this: then it counts that it is there.
   */
  public static boolean isAvailable() {
    if (asked || System.getProperty(PROPERTY) != null) {
      return problem() == null;
    }
    return isThere(
        "libnetty_quiche42_"
            + PlatformDependent.normalizedOs()
            + '_'
            + PlatformDependent.normalizedArch()
            + ".so");
  }

  private static boolean isThere(String file) {
    for (String folder : System.getProperty("java.library.path", "").split(":", -1)) {
      if (!folder.isEmpty() && Files.exists(Path.of(folder, file))) {
        return true;
      }
    }
    return QuicLibrary.class.getResource("/META-INF/native/" + file) != null;
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
