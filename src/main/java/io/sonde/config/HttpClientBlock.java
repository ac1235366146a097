package io.sonde.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What every HTTP client can be told: part of {@code http}, and the {@code http_config} of {@code
 * websocket}.
 */
final class HttpClientBlock extends Block<HttpClientSpec> {
  static final Key<BasicAuth> BASIC_AUTH =
      Key.optional("basic_auth", BasicAuthBlock.BLOCK).sensitive();
  static final Key<Authorization> AUTHORIZATION =
      Key.optional("authorization", AuthorizationBlock.BLOCK).sensitive();
  static final Key<OAuth2Spec> OAUTH2 = Key.optional("oauth2", OAuth2Block.BLOCK).sensitive();
  static final Key<Secret> BEARER_TOKEN =
      Key.of("bearer_token", Kinds.SECRET, Secret.NONE).sensitive().deprecated();
  static final Key<String> BEARER_TOKEN_FILE =
      Key.of("bearer_token_file", Kinds.FILE, "").deprecated();
  static final Key<Boolean> FOLLOW_REDIRECTS = Key.of("follow_redirects", Kinds.BOOL, true);
  static final Key<Boolean> ENABLE_HTTP2 = Key.of("enable_http2", Kinds.BOOL, true);
  static final Key<Map<String, HeaderBlock>> HTTP_HEADERS = HeaderValuesBlock.keyOf("http_headers");

  /** The keys, for the blocks that have more of them. */
  static final List<Key<?>> KEYS = keyList();

  static final HttpClientBlock BLOCK = new HttpClientBlock();

  private static final String ONE_OF_THREE =
      "at most one of basic_auth, oauth2 & authorization must be configured";

  private HttpClientBlock() {
    super("http_config", KEYS);
  }

  private static List<Key<?>> keyList() {
    List<Key<?>> keys =
        new ArrayList<>(
            List.of(
                BASIC_AUTH,
                AUTHORIZATION,
                OAUTH2,
                BEARER_TOKEN,
                BEARER_TOKEN_FILE,
                TlsBlock.TLS_CONFIG,
                FOLLOW_REDIRECTS,
                ENABLE_HTTP2));
    keys.addAll(ProxyKeys.ALL);
    keys.add(HTTP_HEADERS);
    return List.copyOf(keys);
  }

  @Override
  HttpClientSpec build(Fields fields, Reading in) {
    return client(fields, fields.get(FOLLOW_REDIRECTS), in);
  }

  /** Checks and makes an HTTP client, for whichever block has its keys. */
  static HttpClientSpec client(Fields fields, boolean followRedirects, Reading in) {
    checkAuthentication(fields, in);
    ProxySpec proxy = ProxyKeys.build(fields, in);
    checkHeaders(fields, in);
    return new HttpClientSpec(
        fields.find(BASIC_AUTH),
        authorization(fields),
        fields.find(OAUTH2),
        fields.get(TlsBlock.TLS_CONFIG),
        followRedirects,
        fields.get(ENABLE_HTTP2),
        proxy,
        fields.get(HTTP_HEADERS));
  }

  private static @Nullable Authorization authorization(Fields fields) {
    Authorization authorization = fields.find(AUTHORIZATION);
    if (authorization == null && hasBearer(fields)) {
      Source token = new Source(fields.get(BEARER_TOKEN), fields.get(BEARER_TOKEN_FILE), "");
      return new Authorization(AuthorizationBlock.BEARER, token);
    }
    return authorization;
  }

  private static boolean hasBearer(Fields fields) {
    return !fields.get(BEARER_TOKEN).isEmpty() || !fields.get(BEARER_TOKEN_FILE).isEmpty();
  }

  private static void checkAuthentication(Fields fields, Reading in) {
    atMostOne(
        fields,
        in,
        "at most one of bearer_token & bearer_token_file must be configured",
        BEARER_TOKEN,
        BEARER_TOKEN_FILE);
    boolean basic = fields.has(BASIC_AUTH);
    boolean oauth2 = fields.has(OAUTH2);
    if (hasBearer(fields) && (basic || oauth2)) {
      fields.error(
          in,
          fields.lastOf(BASIC_AUTH, OAUTH2, BEARER_TOKEN, BEARER_TOKEN_FILE),
          "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured",
          "");
    }
    if (fields.has(AUTHORIZATION) && hasBearer(fields)) {
      fields.error(
          in,
          fields.lastOf(AUTHORIZATION, BEARER_TOKEN, BEARER_TOKEN_FILE),
          "authorization is not compatible with bearer_token & bearer_token_file",
          "");
    }
    if (fields.has(AUTHORIZATION) ? basic || oauth2 : basic && oauth2) {
      fields.error(in, fields.lastOf(AUTHORIZATION, BASIC_AUTH, OAUTH2), ONE_OF_THREE, "");
    }
  }

  private static void checkHeaders(Fields fields, Reading in) {
    for (String name : fields.get(HTTP_HEADERS).keySet()) {
      String reserved = Reserved.NAMES.get(name);
      if (reserved != null) {
        YamlNode key = fields.at(HTTP_HEADERS).keyNamed(name);
        in.enter(HTTP_HEADERS.name(), key);
        in.enter(name, key);
        in.error(key, "setting header \"" + reserved + "\" is not allowed", "");
        in.leave();
        in.leave();
      }
    }
  }

  /** Headers that {@code http_headers} cannot set, as other keys or the client itself do. */
  private static final class Reserved {
    static final Map<String, String> NAMES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
      for (String name :
          List.of(
              "Authorization",
              "Host",
              "Content-Encoding",
              "Content-Length",
              "Content-Type",
              "User-Agent",
              "Connection",
              "Keep-Alive",
              "Proxy-Authenticate",
              "Proxy-Authorization",
              "Www-Authenticate",
              "Accept-Encoding",
              "X-Prometheus-Remote-Write-Version",
              "X-Prometheus-Remote-Read-Version",
              "X-Prometheus-Scrape-Timeout-Seconds",
              "X-Amz-Date",
              "X-Amz-Security-Token",
              "X-Amz-Content-Sha256")) {
        NAMES.put(name, name);
      }
    }
  }
}
