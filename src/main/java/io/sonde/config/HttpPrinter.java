package io.sonde.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints what concerns HTTP and TLS; see {@link ConfigPrinter}. */
final class HttpPrinter {
  private HttpPrinter() {}

  static Tree http(HttpSpec http) {
    Tree tree =
        new Tree()
            .list("valid_status_codes", http.validStatusCodes())
            .list("valid_http_versions", http.validHttpVersions());
    ConfigPrinter.preference(tree, http.ip())
        .flag("skip_resolve_phase_with_proxy", http.skipResolvePhaseWithProxy())
        .flag("fail_if_ssl", http.failIfSsl())
        .flag("fail_if_not_ssl", http.failIfNotSsl())
        .text("method", http.method())
        .map(
            "headers",
            http.headers(),
            entry -> Credentials.masked(entry.getKey(), entry.getValue()))
        .list("fail_if_body_matches_regexp", http.failIfBodyMatchesRegexp())
        .list("fail_if_body_not_matches_regexp", http.failIfBodyNotMatchesRegexp());
    cel(tree, "fail_if_body_json_matches_cel", http.failIfBodyJsonMatchesCel());
    cel(tree, "fail_if_body_json_not_matches_cel", http.failIfBodyJsonNotMatchesCel());
    tree.list("fail_if_header_matches", http.failIfHeaderMatches(), HttpPrinter::headerMatch)
        .list("fail_if_header_not_matches", http.failIfHeaderNotMatches(), HttpPrinter::headerMatch)
        .text("body", http.body())
        .text("body_file", http.bodyFile());
    client(tree, http.client()).text("compression", http.compression());
    if (http.bodySizeLimit() != 0) {
      tree.put("body_size_limit", ByteSizes.format(http.bodySizeLimit()));
    }
    return tree.flag("enable_http3", http.enableHttp3());
  }

  private static void cel(Tree tree, String key, @Nullable CelExpression cel) {
    if (cel != null) {
      tree.put(key, cel.source());
    }
  }

  private static Tree headerMatch(HeaderMatch match) {
    return new Tree()
        .put("header", match.header())
        .put("regexp", match.regexp())
        .flag("allow_missing", match.allowMissing());
  }

  static Tree client(Tree tree, HttpClientSpec client) {
    BasicAuth basic = client.basicAuth();
    if (basic != null) {
      tree.put("basic_auth", basicAuth(basic));
    }
    Authorization authorization = client.authorization();
    if (authorization != null) {
      tree.put("authorization", authorization(authorization));
    }
    OAuth2Spec oauth2 = client.oauth2();
    if (oauth2 != null) {
      tree.put("oauth2", oauth2(oauth2));
    }
    tree.sub("tls_config", tls(client.tls()))
        .put("follow_redirects", client.followRedirects())
        .put("enable_http2", client.enableHttp2());
    return proxy(tree, client.proxy())
        .map("http_headers", client.httpHeaders(), HttpPrinter::header);
  }

  private static Tree basicAuth(BasicAuth basic) {
    return new Tree()
        .text("username", basic.username().inline().reveal())
        .text("username_file", basic.username().file())
        .text("username_ref", basic.username().ref())
        .text("password", basic.password().inline())
        .text("password_file", basic.password().file())
        .text("password_ref", basic.password().ref());
  }

  private static Tree authorization(Authorization authorization) {
    return new Tree()
        .put("type", authorization.type())
        .text("credentials", authorization.credentials().inline())
        .text("credentials_file", authorization.credentials().file())
        .text("credentials_ref", authorization.credentials().ref());
  }

  private static Tree oauth2(OAuth2Spec oauth2) {
    Tree tree =
        new Tree()
            .put("client_id", oauth2.clientId())
            .text("client_secret", oauth2.clientSecret().inline())
            .text("client_secret_file", oauth2.clientSecret().file())
            .text("client_secret_ref", oauth2.clientSecret().ref())
            .text("client_certificate_key_id", oauth2.clientCertificateKeyId())
            .text("client_certificate_key", oauth2.clientCertificateKey().inline())
            .text("client_certificate_key_file", oauth2.clientCertificateKey().file())
            .text("client_certificate_key_ref", oauth2.clientCertificateKey().ref())
            .text("grant_type", oauth2.grantType())
            .text("signature_algorithm", oauth2.signatureAlgorithm())
            .text("iss", oauth2.issuer())
            .text("audience", oauth2.audience())
            .map("claims", oauth2.claims(), HttpPrinter::claim)
            .list("scopes", oauth2.scopes())
            .put("token_url", ProxyUrls.redacted(oauth2.tokenUrl()))
            .map(
                "endpoint_params",
                oauth2.endpointParams(),
                entry -> Credentials.masked(entry.getKey(), entry.getValue()))
            .sub("tls_config", tls(oauth2.tls()));
    return proxy(tree, oauth2.proxy());
  }

  static Tree tls(TlsSpec tls) {
    if (tls.equals(TlsSpec.DEFAULT)) {
      return new Tree();
    }
    Tree tree =
        new Tree()
            .text("ca", tls.ca().inline().reveal())
            .text("cert", tls.cert().inline().reveal())
            .text("key", tls.key().inline())
            .text("ca_file", tls.ca().file())
            .text("cert_file", tls.cert().file())
            .text("key_file", tls.key().file())
            .text("ca_ref", tls.ca().ref())
            .text("cert_ref", tls.cert().ref())
            .text("key_ref", tls.key().ref())
            .text("key_password", tls.keyPassword().inline())
            .text("key_password_file", tls.keyPassword().file())
            .text("server_name", tls.serverName())
            .put("insecure_skip_verify", tls.insecureSkipVerify());
    version(tree, "min_version", tls.minVersion());
    version(tree, "max_version", tls.maxVersion());
    return tree;
  }

  private static void version(Tree tree, String key, @Nullable TlsVersion version) {
    if (version != null) {
      tree.put(key, version.name());
    }
  }

  private static Tree proxy(Tree tree, ProxySpec proxy) {
    return tree.text("proxy_url", ProxyUrls.redacted(proxy.url().reveal()))
        .text("no_proxy", proxy.noProxy())
        .flag("proxy_from_environment", proxy.fromEnvironment())
        .map("proxy_connect_header", proxy.connectHeader(), Map.Entry::getValue)
        .text("proxy_url_file", proxy.urlFile())
        .map("proxy_connect_header_file", proxy.connectHeaderFiles(), Map.Entry::getValue);
  }

  static Tree header(Map.Entry<String, HeaderBlock> entry) {
    HeaderBlock block = entry.getValue();
    List<String> values =
        block.values().stream().map(value -> Credentials.masked(entry.getKey(), value)).toList();
    return new Tree()
        .list("values", values)
        .list("secrets", block.secrets())
        .list("files", block.files());
  }

  private static @Nullable Object claim(Map.Entry<String, @Nullable Object> entry) {
    boolean hidden = entry.getValue() != null && Credentials.areIn(entry.getKey());
    return hidden ? Secret.MASK : ordered(entry.getValue());
  }

  /** Maps within a claim in the order of their names, as the claims themselves are. */
  private static @Nullable Object ordered(@Nullable Object value) {
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    Map<String, @Nullable Object> sorted = new TreeMap<>(NaturalOrder.COMPARATOR);
    ((Map<?, ?>) value)
        .forEach((name, content) -> sorted.put(String.valueOf(name), ordered(content)));
    return sorted;
  }
}
