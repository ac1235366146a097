package io.sonde.probe;

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

  private Product() {}

  private static String version() {
    String version = Product.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
