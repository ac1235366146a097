package io.sonde.net.http;

import io.sonde.config.IpPreference;
import io.sonde.config.ModuleSecrets;
import io.sonde.config.OAuth2Spec;
import io.sonde.config.Redaction;
import io.sonde.config.Source;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.http.TokenEndpoint.Form;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a token before a request: for client credentials (RFC 6749, section 4.4), or for a signed
 * assertion (RFC 7523). Each probe fetches its own, within its deadline; whatever that takes is
 * phase {@link Phase#AUTH} and nothing else, and what is learnt on the way is not about the target.
 * Compiled when the module is loaded; safe for use by many loops.
 */
public final class OAuth2Client {
  private static final String GRANT_TYPE = "grant_type";

  private final OAuth2Spec spec;
  private final BlockingWork work;
  private final String userAgent;
  private final HttpTransport transport;
  private final SourceText secret;
  private final Redaction configured;
  private final JwtAssertion assertions;
  private final @Nullable HttpUrl url;
  private final @Nullable String problem;

  /**
   * Compiles a configuration. Never fails: one that cannot work makes probes fail that say why.
   *
   * @param userAgent what the requests say they come from; empty for nothing
   */
  public OAuth2Client(OAuth2Spec spec, HttpTransport.Services services, String userAgent) {
    this.spec = spec;
    this.work = services.files().work();
    this.userAgent = userAgent;
    this.transport =
        new HttpTransport(services, spec.tls(), List.of(), spec.proxy(), IpPreference.DEFAULT);
    this.secret = SourceText.of(credential(spec), services.files());
    this.configured = ModuleSecrets.of(spec);
    this.assertions = new JwtAssertion(spec);
    HttpUrl parsed = null;
    String wrong = null;
    try {
      parsed = HttpUrl.parse(spec.tokenUrl());
      wrong = parsed.isHttp() ? null : "token_url: expected http or https";
    } catch (InvalidUrlException e) {
      wrong = "token_url: " + e.getMessage();
    }
    for (String name : spec.endpointParams().keySet()) {
      if (fields("").containsKey(name) && !name.equals(GRANT_TYPE)) {
        wrong = "endpoint_params: cannot overwrite parameter " + name;
      }
    }
    this.url = parsed;
    this.problem = wrong == null ? transport.problem() : wrong;
  }

  /** The secret or the key that the grant rests on. */
  static Source credential(OAuth2Spec spec) {
    return spec.signsToken() ? spec.clientCertificateKey() : spec.clientSecret();
  }

  /**
   * The value of {@code Authorization} for the requests of {@code run}. The stage completes on the
   * run's loop, or fails with a {@link ProbeFailure} of phase {@link Phase#AUTH}.
   */
  public CompletionStage<String> authorization(ProbeRun run) {
    run.timeline().beginDetour(Phase.AUTH, 0, run.nanoTime());
    return fetch(run)
        .thenApply(OAuth2Client::checked)
        .thenApply(
            value -> {
              run.trail().conceal(Authenticator.secretsIn(value));
              return value;
            })
        .whenComplete(
            (value, error) -> {
              if (!run.settled()) {
                run.timeline().endDetour(run.nanoTime(), error == null);
              }
            })
        .exceptionallyCompose(error -> CompletableFuture.failedFuture(inAuth(error)));
  }

  private CompletionStage<String> fetch(ProbeRun run) {
    HttpUrl target = url;
    if (problem != null || target == null) {
      return failed(Reason.CONFIG, String.valueOf(problem));
    }
    run.trail().debug("Fetching token", "host", target.authority());
    HttpConnector connector = transport.forRun(run);
    CompletionStage<Void> ready =
        target.isSecure() || spec.tls().isInFiles()
            ? connector.prepareTls()
            : CompletableFuture.completedFuture(null);
    TokenEndpoint endpoint = new TokenEndpoint(connector, target, userAgent);
    return ready.thenCompose(
        done -> spec.signsToken() ? byAssertion(run, endpoint) : bySecret(run, endpoint));
  }

  private CompletionStage<String> byAssertion(ProbeRun run, TokenEndpoint endpoint) {
    return work.call(run, this::assertion)
        .thenCompose(
            assertion -> {
              Redaction secrets = concealed(run, Redaction.builder().add(assertion));
              return ask(run, endpoint, Form.secret(form(assertion)), secrets);
            });
  }

  private CompletionStage<String> bySecret(ProbeRun run, TokenEndpoint endpoint) {
    CompletionStage<String> known =
        secret.readsFile()
            ? work.call(run, this::secretText)
            : CompletableFuture.completedFuture(secretText());
    return known.thenCompose(text -> bySecret(run, endpoint, text));
  }

  /** Servers differ in where they look for the secret: first a header, then the form. */
  private CompletionStage<String> bySecret(ProbeRun run, TokenEndpoint endpoint, String text) {
    String header =
        Authenticator.basic(FormFields.escape(spec.clientId()), FormFields.escape(text));
    SortedMap<String, String> fields = form("");
    Redaction secrets =
        concealed(
            run, Redaction.builder().login(spec.clientId(), text).header("Authorization", header));
    boolean holdsMore = !spec.endpointParams().isEmpty();
    return ask(run, endpoint, new Form(FormFields.encode(fields), header, holdsMore), secrets)
        .exceptionallyCompose(
            error -> {
              if (!endpoint.reached() || run.settled()) {
                return CompletableFuture.failedFuture(error);
              }
              fields.put("client_id", spec.clientId());
              if (!text.isEmpty()) {
                fields.put("client_secret", text);
              }
              return ask(run, endpoint, Form.secret(fields), secrets);
            });
  }

  private CompletionStage<String> ask(
      ProbeRun run, TokenEndpoint endpoint, Form form, Redaction secrets) {
    return endpoint
        .post(form)
        .thenCompose(
            answer -> {
              if (answer.mayTakeLong()) {
                return work.call(run, () -> granted(answer, secrets));
              }
              return CompletableFuture.completedFuture(granted(answer, secrets));
            });
  }

  /** Keeps secrets out of what is shown, beside those of the configuration; all of them. */
  private Redaction concealed(ProbeRun run, Redaction.Builder more) {
    Redaction now = more.build();
    run.trail().conceal(now);
    return configured.and(now);
  }

  private SortedMap<String, String> form(String assertion) {
    SortedMap<String, String> fields = fields(assertion);
    fields.putAll(spec.endpointParams());
    return fields;
  }

  /** What the grant itself asks with. */
  private SortedMap<String, String> fields(String assertion) {
    SortedMap<String, String> fields = new TreeMap<>();
    if (spec.signsToken()) {
      fields.put(GRANT_TYPE, OAuth2Spec.JWT_BEARER);
      fields.put("assertion", assertion);
    } else {
      fields.put(GRANT_TYPE, "client_credentials");
    }
    if (!spec.scopes().isEmpty()) {
      fields.put("scope", String.join(" ", spec.scopes()));
    }
    return fields;
  }

  private String granted(TokenAnswer answer, Redaction secrets) {
    return spec.signsToken() ? answer.grantedToBearer(secrets) : answer.grantedToClient(secrets);
  }

  private String secretText() {
    try {
      return secret.text();
    } catch (IOException e) {
      throw new ProbeFailure(Phase.AUTH, Reason.CONFIG, String.valueOf(e.getMessage()));
    }
  }

  private String assertion() {
    try {
      return assertions.sign(secretText(), System.currentTimeMillis() / 1_000);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      String message = "client_certificate_key: " + e.getMessage();
      throw new ProbeFailure(Phase.AUTH, Reason.CONFIG, message);
    }
  }

  private static String checked(String value) {
    if (HeaderRules.isValue(value)) {
      return value;
    }
    String message = "the token cannot be the value of a header";
    throw new ProbeFailure(Phase.AUTH, Reason.AUTH, message);
  }

  private static Throwable inAuth(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof ProbeFailure failure
        ? new ProbeFailure(
            Phase.AUTH,
            failure.failure().reason(),
            "fetching a token: " + failure.failure().message())
        : error;
  }

  private static <T> CompletionStage<T> failed(Reason reason, String message) {
    return CompletableFuture.failedFuture(new ProbeFailure(Phase.AUTH, reason, message));
  }
}
