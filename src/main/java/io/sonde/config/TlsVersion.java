package io.sonde.config;

import org.jspecify.annotations.Nullable;

/** The TLS versions that a configuration can name. */
public enum TlsVersion {
  TLS10("TLSv1"),
  TLS11("TLSv1.1"),
  TLS12("TLSv1.2"),
  TLS13("TLSv1.3");

  private final String protocol;

  TlsVersion(String protocol) {
    this.protocol = protocol;
  }

  /** The protocol name that Java's TLS interfaces use, such as {@code TLSv1.2}. */
  public String protocol() {
    return protocol;
  }

  /** The version of a name such as {@code TLS12}, or null where none is called that. */
  public static @Nullable TlsVersion of(String name) {
    for (TlsVersion version : values()) {
      if (version.name().equals(name)) {
        return version;
      }
    }
    return null;
  }
}
