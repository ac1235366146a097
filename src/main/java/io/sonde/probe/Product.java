package io.sonde.probe;

import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Manifest;

/** What Sonde calls itself. */
public final class Product {
  /** This build's version; {@code dev} when run from class files. */
  public static final String VERSION = version();

  /** The release of blackbox_exporter whose behaviour this build holds to. */
  public static final String COMPATIBLE_WITH = "0.28.0";

  /**
   * The default User-Agent. It begins with the product token that allow-lists of probed services
   * look for.
   */
  public static final String USER_AGENT =
      "Blackbox-Exporter/" + COMPATIBLE_WITH + " (compatible; Sonde/" + VERSION + ")";

  private static final String UNKNOWN = "unknown";

  private Product() {}

  private static String version() {
    String version = Product.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** The branch that this build was made of, or {@code unknown}. Reads a file. */
  public static String branch() {
    return attribute("Sonde-Branch");
  }

  /** The revision that this build was made of, or {@code unknown}. Reads a file. */
  public static String revision() {
    return attribute("Sonde-Revision");
  }

  /** What the manifest says, which is Sonde's own as everything is in one jar. */
  private static String attribute(String name) {
    try (InputStream in =
        Product.class.getClassLoader().getResourceAsStream("META-INF/MANIFEST.MF")) {
      String value = in == null ? null : new Manifest(in).getMainAttributes().getValue(name);
      return value == null ? UNKNOWN : value;
    } catch (IOException ignored) {
      return UNKNOWN;
    }
  }
}
