package io.sonde.server.guard;

import io.sonde.config.WebConfig;
import io.sonde.net.tls.TlsServerContext;
import io.sonde.server.ResponseFields;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A web configuration in force, with what it was compiled to. Immutable; told apart by identity.
 */
final class WebState {
  private final WebConfig config;
  private final ResponseFields fields;
  private final Users users;
  private final @Nullable TlsServerContext tls;

  private WebState(
      WebConfig config, ResponseFields fields, Users users, @Nullable TlsServerContext tls) {
    this.config = config;
    this.fields = fields;
    this.users = users;
    this.tls = tls;
  }

  static WebState of(WebConfig config, @Nullable TlsServerContext tls) {
    String[] fields =
        config.headers().entrySet().stream()
            .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
            .toArray(String[]::new);
    return new WebState(
        config,
        fields.length == 0 ? ResponseFields.NONE : ResponseFields.of(fields),
        new Users(config.users()),
        tls);
  }

  /** The same with another certificate or other authorities. */
  WebState with(@Nullable TlsServerContext context) {
    return new WebState(config, fields, users, context);
  }

  WebConfig config() {
    return config;
  }

  /** Fields of every response. */
  ResponseFields fields() {
    return fields;
  }

  Users users() {
    return users;
  }

  /** Null for plain HTTP. */
  @Nullable TlsServerContext tls() {
    return tls;
  }
}
