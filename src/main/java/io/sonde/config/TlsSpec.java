package io.sonde.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a TLS client behaves. PEM texts are kept as text; files are read when a probe runs.
 *
 * @param ca trust anchors, in place of the system's
 * @param cert the client certificate with its chain; its inline text is public, though {@link
 *     Source} masks it
 * @param key the private key of {@code cert}
 * @param keyPassword what {@code key} is encrypted with, or a PKCS#12 file
 * @param serverName name for SNI and verification; empty means the one that the prober knows
 * @param minVersion null means the library's default
 * @param maxVersion null means the library's default
 */
public record TlsSpec(
    Source ca,
    Source cert,
    Source key,
    Source keyPassword,
    String serverName,
    boolean insecureSkipVerify,
    @Nullable TlsVersion minVersion,
    @Nullable TlsVersion maxVersion) {
  /** Nothing configured: the system's trust anchors, no client certificate. */
  public static final TlsSpec DEFAULT =
      new TlsSpec(Source.NONE, Source.NONE, Source.NONE, "", false, null, null);

  /** Settings whose key needs no password. */
  public TlsSpec(
      Source ca,
      Source cert,
      Source key,
      String serverName,
      boolean insecureSkipVerify,
      @Nullable TlsVersion minVersion,
      @Nullable TlsVersion maxVersion) {
    this(ca, cert, key, Source.NONE, serverName, insecureSkipVerify, minVersion, maxVersion);
  }

  /** By hand, as what the JVM derives at run time costs a start 10 ms. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TlsSpec spec
        && ca.equals(spec.ca)
        && cert.equals(spec.cert)
        && key.equals(spec.key)
        && keyPassword.equals(spec.keyPassword)
        && serverName.equals(spec.serverName)
        && insecureSkipVerify == spec.insecureSkipVerify
        && minVersion == spec.minVersion
        && maxVersion == spec.maxVersion;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        ca, cert, key, keyPassword, serverName, insecureSkipVerify, minVersion, maxVersion);
  }

  /** Whether any part stands in a file. */
  public boolean isInFiles() {
    return !(ca.file().isEmpty() && cert.file().isEmpty() && key.file().isEmpty());
  }

  public TlsSpec withServerName(String name) {
    return new TlsSpec(
        ca, cert, key, keyPassword, name, insecureSkipVerify, minVersion, maxVersion);
  }
}
