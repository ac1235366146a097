package io.sonde.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a TLS server behaves. PEM texts are kept as text; files are read by whoever makes the server.
 *
 * @param cert its certificate, with its chain
 * @param key the private key of {@code cert}
 * @param clientCa the authorities of clients; empty means the machine's, where clients are verified
 * @param clientSans names of which a client's certificate must have one; null admits all
 * @param cipherSuites by their IANA names; empty means the usual ones
 * @param curves by the names that Java and OpenSSL know, preferred first; empty means the usual
 *     ones
 */
public record TlsServerSpec(
    Source cert,
    Source key,
    ClientAuth clientAuth,
    Source clientCa,
    @Nullable List<String> clientSans,
    TlsVersion minVersion,
    TlsVersion maxVersion,
    List<String> cipherSuites,
    List<String> curves) {
  public TlsServerSpec {
    clientSans = clientSans == null ? null : List.copyOf(clientSans);
    cipherSuites = List.copyOf(cipherSuites);
    curves = List.copyOf(curves);
  }

  /** Whether any version has a cipher suite; those of TLS 1.3 are not for choice. */
  boolean hasSuites() {
    return maxVersion == TlsVersion.TLS13 || !onlyNewest();
  }

  /** Whether the cipher suites leave no version but TLS 1.3. */
  public boolean onlyNewest() {
    return !cipherSuites.isEmpty() && suitesBeforeTls13().isEmpty();
  }

  /** The configured cipher suites of TLS 1.2 and below. */
  public List<String> suitesBeforeTls13() {
    return cipherSuites.stream().filter(suite -> suite.contains("_WITH_")).toList();
  }

  /** The same, whose relative file names are relative to a directory. */
  TlsServerSpec in(Path directory) {
    return new TlsServerSpec(
        in(directory, cert),
        in(directory, key),
        clientAuth,
        in(directory, clientCa),
        clientSans,
        minVersion,
        maxVersion,
        cipherSuites,
        curves);
  }

  private static Source in(Path directory, Source source) {
    if (source.file().isEmpty()) {
      return source;
    }
    try {
      return Source.file(directory.resolve(source.file()).toString());
    } catch (InvalidPathException ignored) {
      return source;
    }
  }
}
