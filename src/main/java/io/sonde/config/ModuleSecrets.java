package io.sonde.config;

import java.util.List;
import java.util.Map;

/**
 * The secrets of a module that its peers get to see, as far as they stand in the configuration
 * itself; those in files are known only when they are read.
 */
public final class ModuleSecrets {
  private ModuleSecrets() {}

  /** Those of an http module. */
  public static Redaction of(HttpSpec spec) {
    Redaction.Builder secrets = Redaction.builder();
    spec.headers().forEach((name, value) -> byName(secrets, name, List.of(value)));
    client(secrets, spec.client());
    return secrets.build();
  }

  /** Those of a websocket module. */
  public static Redaction of(WebsocketSpec spec) {
    Redaction.Builder secrets = Redaction.builder();
    headers(secrets, spec.headers());
    client(secrets, spec.http());
    return secrets.build();
  }

  /** Those of a grpc module. */
  public static Redaction of(GrpcSpec spec) {
    Redaction.Builder secrets = Redaction.builder();
    spec.metadata().forEach((name, values) -> byName(secrets, name, values));
    return secrets.build();
  }

  /** Those that a token is asked for with. */
  public static Redaction of(OAuth2Spec spec) {
    Redaction.Builder secrets = Redaction.builder();
    oauth2(secrets, spec);
    return secrets.build();
  }

  private static void client(Redaction.Builder secrets, HttpClientSpec client) {
    BasicAuth basic = client.basicAuth();
    if (basic != null) {
      secrets.login(basic.username().inline().reveal(), basic.password().inline().reveal());
    }
    Authorization authorization = client.authorization();
    if (authorization != null) {
      secrets.header("Authorization", authorization.credentials().inline().reveal());
    }
    OAuth2Spec oauth2 = client.oauth2();
    if (oauth2 != null) {
      oauth2(secrets, oauth2);
    }
    proxy(secrets, client.proxy());
    headers(secrets, client.httpHeaders());
  }

  private static void oauth2(Redaction.Builder secrets, OAuth2Spec oauth2) {
    secrets.login(oauth2.clientId(), oauth2.clientSecret().inline().reveal());
    secrets.url(oauth2.tokenUrl());
    oauth2.endpointParams().forEach((name, value) -> byName(secrets, name, List.of(value)));
    proxy(secrets, oauth2.proxy());
  }

  private static void proxy(Redaction.Builder secrets, ProxySpec proxy) {
    secrets.url(proxy.url().reveal());
    proxy
        .connectHeader()
        .forEach((name, values) -> values.forEach(value -> secrets.header(name, value.reveal())));
  }

  private static void headers(Redaction.Builder secrets, Map<String, HeaderBlock> headers) {
    headers.forEach(
        (name, block) -> {
          byName(secrets, name, block.values());
          block.secrets().forEach(secret -> secrets.header(name, secret.reveal()));
        });
  }

  private static void byName(Redaction.Builder secrets, String name, List<String> values) {
    if (Credentials.areIn(name)) {
      values.forEach(value -> secrets.header(name, value));
    }
  }
}
