package io.sonde.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the daemon guards its own endpoints.
 *
 * @param tls null for plain HTTP
 * @param http2 whether HTTP/2 is spoken over TLS
 * @param headers fields of every response, in the order of the file
 * @param users bcrypt hashes by user name; empty admits everybody
 * @param warnings what does not keep the file from being used, in the order of the file
 */
public record WebConfig(
    @Nullable TlsServerSpec tls,
    boolean http2,
    Map<String, String> headers,
    Map<String, Secret> users,
    RateLimit rateLimit,
    List<Problem> warnings) {
  /** The key below which the TLS settings stand. */
  public static final String TLS_KEY = "tls_server_config";

  public WebConfig {
    headers = Frozen.map(headers);
    users = Frozen.map(users);
    warnings = List.copyOf(warnings);
  }

  /** The same with files of a directory, and with what was found. */
  WebConfig in(Path directory, List<Problem> found) {
    return new WebConfig(
        tls == null ? null : tls.in(directory), http2, headers, users, rateLimit, found);
  }
}
