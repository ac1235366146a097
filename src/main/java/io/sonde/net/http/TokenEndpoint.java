package io.sonde.net.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks one token endpoint, and whomever it redirects to: each request on a connection of its own,
 * within the run's deadline. Confined to the run's loop.
 */
final class TokenEndpoint {
  private static final int MAX_REQUESTS = 10;

  private final HttpConnector connector;
  private final HttpUrl url;
  private final String userAgent;
  private boolean reached;

  /**
   * @param userAgent empty for none
   */
  TokenEndpoint(HttpConnector connector, HttpUrl url, String userAgent) {
    this.connector = connector;
    this.url = url;
    this.userAgent = userAgent;
  }

  /**
   * A form to be sent.
   *
   * @param authorization value of that header, or null
   * @param secret whether the form itself holds credentials
   */
  record Form(String text, @Nullable String authorization, boolean secret) {
    /** A form that holds credentials itself. */
    static Form secret(SortedMap<String, String> fields) {
      return new Form(FormFields.encode(fields), null, true);
    }

    /** Not the parts that may be secrets. */
    @Override
    public String toString() {
      return "form";
    }
  }

  /** One of a chain of requests; without a form it is a GET. */
  private record Step(
      HttpUrl url,
      @Nullable String form,
      @Nullable String authorization,
      @Nullable String referer,
      int number) {}

  /** Whether anybody has answered so far, with whatever. */
  boolean reached() {
    return reached;
  }

  /** Sends a form and completes with the answer. */
  CompletionStage<TokenAnswer> post(Form form) {
    String user = url.user();
    String authorization = form.authorization();
    if (authorization == null && user != null) {
      authorization = Authenticator.basic(user, url.password());
    }
    return go(form, new Step(url, form.text(), authorization, null, 1));
  }

  private CompletionStage<TokenAnswer> go(Form form, Step step) {
    String host = step.url().host();
    // A name is configured for the endpoint, not for where it redirects to.
    String tlsName = step.url().sameHost(url) ? connector.tlsNameFor(host) : host;
    return connector
        .connect(Destination.lookedUp(step.url(), tlsName))
        .thenCompose(
            connection -> {
              reached = true;
              return connection
                  .exchange(request(step))
                  .thenCompose(response -> onHead(form, step, connection, response));
            });
  }

  private CompletionStage<TokenAnswer> onHead(
      Form form, Step step, HttpConnection connection, HttpResponse response) {
    HttpHeaders headers = response.headers();
    int status = response.status().code();
    String location = headers.get(HttpHeaderNames.LOCATION, "");
    if (isRedirect(status) && !location.isEmpty()) {
      connection.close();
      return follow(form, step, status, location);
    }
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "");
    return TokenBody.read(connection)
        .thenApply(body -> new TokenAnswer(status, type, encoding, body));
  }

  private CompletionStage<TokenAnswer> follow(Form form, Step step, int status, String location) {
    if (step.number() == MAX_REQUESTS) {
      return refused("stopped after " + MAX_REQUESTS + " redirects");
    }
    HttpUrl next;
    try {
      next = step.url().resolve(location);
    } catch (InvalidUrlException e) {
      return refused("redirected to what is no URL: " + e.getMessage());
    }
    if (!next.isHttp()) {
      return refused("redirected to another scheme than http and https");
    }
    boolean home = next.sameHost(url) && step.url().sameHost(url);
    boolean keepsForm = (status == 307 || status == 308) && step.form() != null;
    if (keepsForm && form.secret() && !home) {
      return refused("redirected to another host, which is not given the credentials");
    }
    boolean downgrade = step.url().isSecure() && !next.isSecure();
    return go(
        form,
        new Step(
            next,
            keepsForm ? step.form() : null,
            home ? step.authorization() : null,
            downgrade ? null : step.url().withAuthority(step.url().authority()),
            step.number() + 1));
  }

  private ClientRequest request(Step step) {
    List<HeaderLine> lines = new ArrayList<>();
    add(lines, "User-Agent", userAgent.isEmpty() ? null : userAgent);
    add(lines, "Authorization", step.authorization());
    String form = step.form();
    add(lines, "Content-Type", form == null ? null : "application/x-www-form-urlencoded");
    add(lines, "Referer", step.referer());
    add(lines, "Accept-Encoding", "gzip");
    add(lines, "Connection", "close");
    return new ClientRequest(
        form == null ? "GET" : "POST",
        step.url().requestTarget(),
        step.url().authority(),
        new HeaderLines(lines),
        form == null
            ? RequestBody.NONE
            : RequestBody.ofLength(form.getBytes(StandardCharsets.US_ASCII)),
        false);
  }

  private static void add(List<HeaderLine> lines, String name, @Nullable String value) {
    if (value != null) {
      lines.add(HeaderLine.of(name, value));
    }
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static CompletionStage<TokenAnswer> refused(String message) {
    return CompletableFuture.failedFuture(new ProbeFailure(Phase.AUTH, Reason.REDIRECT, message));
  }
}
