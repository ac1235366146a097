package io.sonde.probe.http;

import io.sonde.config.OAuth2Spec;
import io.sonde.config.ProxySpec;
import io.sonde.config.Secret;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.testkit.Peer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How tests fetch tokens, as sentences: {@code tokensFrom(peer).secret("s").scopes("a")}. */
final class OAuth2Specs {
  private final String tokenUrl;
  private final Map<String, String> parameters = new TreeMap<>();
  private Map<String, @Nullable Object> claims = Map.of();
  private Source secret = Source.inline("s/e:c");
  private Source key = Source.NONE;
  private String keyId = "";
  private String algorithm = "";
  private List<String> scopes = List.of();
  private TlsSpec tls = TlsSpec.DEFAULT;
  private ProxySpec proxy = ProxySpec.NONE;

  private OAuth2Specs(String tokenUrl) {
    this.tokenUrl = tokenUrl;
  }

  static OAuth2Specs tokensFrom(Peer peer) {
    return tokensFrom("http://" + peer.address() + "/token");
  }

  static OAuth2Specs tokensFrom(String url) {
    return new OAuth2Specs(url);
  }

  OAuth2Specs secret(Source source) {
    secret = source;
    return this;
  }

  OAuth2Specs scopes(String... names) {
    scopes = List.of(names);
    return this;
  }

  OAuth2Specs parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  OAuth2Specs trusting(String caPem) {
    tls = HttpSpecs.trust(caPem);
    return this;
  }

  OAuth2Specs through(Peer forwarder) {
    proxy = new ProxySpec(Secret.of("http://" + forwarder.address()), "", false, Map.of());
    return this;
  }

  OAuth2Specs signedWith(Source source, String signatureAlgorithm) {
    key = source;
    algorithm = signatureAlgorithm;
    return this;
  }

  OAuth2Specs keyId(String id) {
    keyId = id;
    return this;
  }

  OAuth2Specs claims(Map<String, @Nullable Object> extra) {
    claims = extra;
    return this;
  }

  OAuth2Spec spec() {
    return new OAuth2Spec(
        "my id",
        secret,
        tokenUrl,
        scopes,
        parameters,
        key.isEmpty() ? "" : OAuth2Spec.JWT_BEARER,
        key,
        keyId,
        algorithm,
        "",
        "",
        claims,
        tls,
        proxy);
  }
}
