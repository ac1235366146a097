package io.sonde.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a token is fetched before a request (RFC 6749 section 4.4, RFC 7523).
 *
 * @param scopes joined by spaces into one form field
 * @param endpointParams extra form fields of the token request
 * @param grantType as written; empty means {@code client_credentials}
 * @param claims extra claims of the signed token: text, numbers, truth values, lists and maps
 */
public record OAuth2Spec(
    String clientId,
    Source clientSecret,
    String tokenUrl,
    List<String> scopes,
    Map<String, String> endpointParams,
    String grantType,
    Source clientCertificateKey,
    String clientCertificateKeyId,
    String signatureAlgorithm,
    String issuer,
    String audience,
    Map<String, @Nullable Object> claims,
    TlsSpec tls,
    ProxySpec proxy) {
  /** The grant that signs a token with a key. */
  public static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  public OAuth2Spec {
    scopes = List.copyOf(scopes);
    endpointParams = Frozen.map(endpointParams);
    claims = Frozen.map(claims);
  }

  public boolean signsToken() {
    return grantType.equals(JWT_BEARER);
  }
}
