package io.sonde.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code http}. */
final class HttpBlock extends Block<HttpSpec> {
  private static final List<String> COMPRESSIONS = List.of("gzip", "br", "deflate", "identity");

  static final Key<List<Integer>> VALID_STATUS_CODES =
      Key.of("valid_status_codes", Kinds.list(Kinds.INT), List.of());
  static final Key<List<String>> VALID_HTTP_VERSIONS =
      Key.of(
          "valid_http_versions",
          Kinds.list(Kinds.mostly(List.of("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/3.0"))),
          List.of());
  static final Key<Boolean> SKIP_RESOLVE =
      Key.of("skip_resolve_phase_with_proxy", Kinds.BOOL, false);
  static final Key<Boolean> NO_FOLLOW_REDIRECTS =
      Key.optional("no_follow_redirects", Kinds.BOOL).deprecated();
  static final Key<Boolean> FAIL_IF_SSL = Key.of("fail_if_ssl", Kinds.BOOL, false);
  static final Key<Boolean> FAIL_IF_NOT_SSL = Key.of("fail_if_not_ssl", Kinds.BOOL, false);
  static final Key<String> METHOD =
      Key.of("method", Kinds.mostly(List.of("GET", "HEAD", "POST", "PUT", "OPTIONS")), "");
  static final Key<Map<String, String>> HEADERS =
      Key.of("headers", Kinds.map(Kinds.STRING, ""), Map.<String, String>of()).sensitive();
  static final Key<Bytes> BODY = Key.of("body", Kinds.BYTES, Bytes.EMPTY).sensitive();
  static final Key<String> BODY_FILE = Key.of("body_file", Kinds.FILE, "");
  static final Key<String> COMPRESSION = Key.of("compression", Kinds.mostly(COMPRESSIONS), "");
  static final Key<Long> BODY_SIZE_LIMIT = Key.of("body_size_limit", Kinds.SIZE, 0L);
  static final Key<List<Regex>> FAIL_IF_BODY_MATCHES =
      Key.of("fail_if_body_matches_regexp", Kinds.list(Kinds.REGEXP), List.of());
  static final Key<List<Regex>> FAIL_IF_BODY_NOT_MATCHES =
      Key.of("fail_if_body_not_matches_regexp", Kinds.list(Kinds.REGEXP), List.of());
  static final Key<CelExpression> FAIL_IF_JSON_MATCHES =
      Key.optional("fail_if_body_json_matches_cel", Kinds.CEL);
  static final Key<CelExpression> FAIL_IF_JSON_NOT_MATCHES =
      Key.optional("fail_if_body_json_not_matches_cel", Kinds.CEL);
  static final Key<List<HeaderMatch>> FAIL_IF_HEADER_MATCHES =
      Key.of("fail_if_header_matches", Kinds.list(HeaderMatchBlock.BLOCK), List.of());
  static final Key<List<HeaderMatch>> FAIL_IF_HEADER_NOT_MATCHES =
      Key.of("fail_if_header_not_matches", Kinds.list(HeaderMatchBlock.BLOCK), List.of());
  static final Key<Boolean> ENABLE_HTTP3 = Key.of("enable_http3", Kinds.BOOL, false);

  static final HttpBlock BLOCK = new HttpBlock();

  private HttpBlock() {
    super("http", keyList());
  }

  private static List<Key<?>> keyList() {
    List<Key<?>> keys =
        new ArrayList<>(
            List.of(
                VALID_STATUS_CODES,
                VALID_HTTP_VERSIONS,
                IpKeys.PREFERRED,
                IpKeys.FALLBACK,
                SKIP_RESOLVE,
                NO_FOLLOW_REDIRECTS,
                FAIL_IF_SSL,
                FAIL_IF_NOT_SSL,
                METHOD,
                HEADERS,
                BODY,
                BODY_FILE,
                COMPRESSION,
                BODY_SIZE_LIMIT,
                FAIL_IF_BODY_MATCHES,
                FAIL_IF_BODY_NOT_MATCHES,
                FAIL_IF_JSON_MATCHES,
                FAIL_IF_JSON_NOT_MATCHES,
                FAIL_IF_HEADER_MATCHES,
                FAIL_IF_HEADER_NOT_MATCHES,
                ENABLE_HTTP3));
    keys.addAll(HttpClientBlock.KEYS);
    return List.copyOf(keys);
  }

  @Override
  HttpSpec build(Fields fields, Reading in) {
    HttpClientSpec client = HttpClientBlock.client(fields, followsRedirects(fields, in), in);
    if (fields.hasText(BODY) && fields.hasText(BODY_FILE)) {
      fields.error(
          in,
          fields.lastOf(BODY, BODY_FILE),
          "setting body and body_file both are not allowed",
          "");
    }
    checkCompression(fields, in);
    checkVersions(fields, in);
    HttpWords.checkMethod(fields, in);
    HttpWords.checkHeaders(fields, in);
    return new HttpSpec(
        fields.get(VALID_STATUS_CODES),
        fields.get(VALID_HTTP_VERSIONS),
        IpKeys.preference(fields, in),
        fields.get(SKIP_RESOLVE),
        fields.get(FAIL_IF_SSL),
        fields.get(FAIL_IF_NOT_SSL),
        fields.get(METHOD),
        fields.get(HEADERS),
        fields.get(FAIL_IF_BODY_MATCHES),
        fields.get(FAIL_IF_BODY_NOT_MATCHES),
        fields.find(FAIL_IF_JSON_MATCHES),
        fields.find(FAIL_IF_JSON_NOT_MATCHES),
        fields.get(FAIL_IF_HEADER_MATCHES),
        fields.get(FAIL_IF_HEADER_NOT_MATCHES),
        fields.get(BODY),
        fields.get(BODY_FILE),
        client,
        fields.get(COMPRESSION),
        fields.get(BODY_SIZE_LIMIT),
        fields.get(ENABLE_HTTP3));
  }

  private static boolean followsRedirects(Fields fields, Reading in) {
    Boolean inverse = fields.find(NO_FOLLOW_REDIRECTS);
    if (inverse == null) {
      return fields.get(HttpClientBlock.FOLLOW_REDIRECTS);
    }
    fields.warn(
        in,
        NO_FOLLOW_REDIRECTS,
        "no_follow_redirects is deprecated",
        "write follow_redirects: " + !inverse);
    return !inverse;
  }

  private static void checkCompression(Fields fields, Reading in) {
    String compression = fields.get(COMPRESSION);
    if (compression.isEmpty()) {
      return;
    }
    if (!COMPRESSIONS.contains(compression.toLowerCase(Locale.ROOT))) {
      fields.unusable(in, COMPRESSION, "unknown compression \"" + compression + "\"");
    }
    for (Map.Entry<String, String> header : fields.get(HEADERS).entrySet()) {
      String value = header.getValue();
      if (header.getKey().equalsIgnoreCase("Accept-Encoding")
          && !value.isEmpty()
          && !AcceptEncoding.allows(value, compression)) {
        String shown = "\"" + header.getKey() + ": " + value + "\"";
        fields.error(
            in,
            fields.lastOf(HEADERS, COMPRESSION),
            "invalid configuration " + shown + ", \"compression: " + compression + "\"",
            "");
      }
    }
  }

  private static void checkVersions(Fields fields, Reading in) {
    List<String> versions = fields.get(VALID_HTTP_VERSIONS);
    if (!fields.get(ENABLE_HTTP3)) {
      if (versions.contains("HTTP/3.0") && !fields.failed(ENABLE_HTTP3)) {
        fields.error(
            in,
            VALID_HTTP_VERSIONS,
            "HTTP/3 cannot be used as a valid HTTP version when enable_http3 is false",
            "");
      }
      return;
    }
    fields.warn(in, ENABLE_HTTP3, "enable_http3 is experimental", "");
    if (versions.contains("HTTP/2.0") || versions.contains("HTTP/1.1")) {
      fields.error(
          in,
          VALID_HTTP_VERSIONS,
          "HTTP/3 and HTTP/2.0/1.1 cannot be used together - only HTTP/3.0 is allowed when"
              + " enable_http3 is true",
          "");
    }
    if (fields.get(HttpClientBlock.ENABLE_HTTP2) && !fields.failed(HttpClientBlock.ENABLE_HTTP2)) {
      fields.error(
          in, ENABLE_HTTP3, "when enable_http3 is true, enable_http2 must be set to false", "");
    }
  }
}
