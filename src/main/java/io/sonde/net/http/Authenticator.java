package io.sonde.net.http;

import io.sonde.config.Authorization;
import io.sonde.config.BasicAuth;
import io.sonde.config.HttpClientSpec;
import io.sonde.config.OAuth2Spec;
import io.sonde.config.Redaction;
import io.sonde.config.Source;
import io.sonde.net.file.ModuleFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The value of the {@code Authorization} header that a client configuration asks for: Basic (RFC
 * 7617) from {@code basic_auth}, else type and credentials of {@code authorization}, where a bearer
 * token is one. Parts may stand in files; these are looked at whenever the value is asked for.
 */
public final class Authenticator {
  /** What a probe says whose module names a secret by reference. */
  public static final String NO_MANAGER = "cannot use secret ref without manager";

  private final boolean basic;
  private final SourceText first;
  private final SourceText second;

  private Authenticator(boolean basic, SourceText first, SourceText second) {
    this.basic = basic;
    this.first = first;
    this.second = second;
  }

  /** What the configuration asks for; null if it asks for no credentials. */
  public static @Nullable Authenticator of(HttpClientSpec client, ModuleFiles files) {
    BasicAuth basicAuth = client.basicAuth();
    if (basicAuth != null) {
      return new Authenticator(
          true,
          SourceText.of(basicAuth.username(), files),
          SourceText.of(basicAuth.password(), files));
    }
    Authorization authorization = client.authorization();
    if (authorization != null) {
      return new Authenticator(
          false,
          SourceText.of(authorization.type()),
          SourceText.of(authorization.credentials(), files));
    }
    return null;
  }

  /** Whether credentials are named by reference, which nobody can resolve. */
  public static boolean needsManager(HttpClientSpec client) {
    OAuth2Spec oauth2 = client.oauth2();
    return sources(client).anyMatch(source -> !source.ref().isEmpty())
        || (oauth2 != null && !OAuth2Client.credential(oauth2).ref().isEmpty());
  }

  /** The header value of Basic credentials. */
  public static String basic(String user, String password) {
    byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Whether {@link #value} blocks. */
  public boolean readsFiles() {
    return first.readsFile() || second.readsFile();
  }

  /**
   * The header value. Blocks if {@link #readsFiles}.
   *
   * @throws IOException if a file cannot be read; the message quotes nothing of it
   */
  public String value() throws IOException {
    String one = first.text();
    String other = second.text();
    return basic ? basic(one, other) : one + ' ' + other;
  }

  /** The secrets in a header value that such a configuration gave, or a token endpoint. */
  public static Redaction secretsIn(@Nullable String value) {
    return value == null
        ? Redaction.NONE
        : Redaction.builder().header("Authorization", value).build();
  }

  private static Stream<Source> sources(HttpClientSpec client) {
    BasicAuth basicAuth = client.basicAuth();
    Authorization authorization = client.authorization();
    return Stream.concat(
        basicAuth == null ? Stream.empty() : Stream.of(basicAuth.username(), basicAuth.password()),
        authorization == null ? Stream.empty() : Stream.of(authorization.credentials()));
  }
}
