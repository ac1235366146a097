package io.sonde.server.guard;

import io.sonde.server.Endpoint;
import io.sonde.server.Exchange;
import io.sonde.server.ResponseFields;
import io.sonde.telemetry.WebStats;
import io.sonde.telemetry.WebStats.LoginFailure;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Lets requests through to the endpoints: the rate limit first, then the fields of every response,
 * then the password. So a 401 bears the fields and a 429 of the rate limit does not.
 */
final class Guard implements Endpoint {
  private static final ResponseFields CHALLENGE = ResponseFields.of("WWW-Authenticate", "Basic");
  private static final ResponseFields LATER = ResponseFields.of("Retry-After", "1");
  private static final String TOO_MANY = "Too Many Requests";

  private final Endpoint endpoints;
  private final Supplier<WebState> state;
  private final @Nullable RateLimiter limiter;
  private final LoginDesk desk;
  private final WebStats stats;
  private final Complaints<LoginFailure> complaints;

  Guard(
      Endpoint endpoints,
      Supplier<WebState> state,
      @Nullable RateLimiter limiter,
      LoginDesk desk,
      WebStats stats,
      Complaints<LoginFailure> complaints) {
    this.endpoints = endpoints;
    this.state = state;
    this.limiter = limiter;
    this.desk = desk;
    this.stats = stats;
    this.complaints = complaints;
  }

  static Complaints<LoginFailure> newComplaints() {
    return new Complaints<>(
        LoggerFactory.getLogger(Guard.class),
        "Refused logins",
        LoginFailure.class,
        System.nanoTime());
  }

  @Override
  public void handle(Exchange exchange) {
    if (limiter != null && !limiter.admits(System.nanoTime())) {
      stats.rateLimited();
      exchange.fail(429, TOO_MANY);
      return;
    }
    WebState now = state.get();
    if (now.fields() != ResponseFields.NONE) {
      exchange.addFields(now.fields());
    }
    if (now.users().admitEverybody()) {
      endpoints.handle(exchange);
      return;
    }
    Credentials credentials = Credentials.parse(exchange.header("authorization"));
    if (credentials == null) {
      stats.loginFailed(LoginFailure.MISSING);
      challenge(exchange);
      return;
    }
    desk.receive(
        new Login(now.users(), credentials),
        Origin.of(exchange.remoteAddress()),
        new Visit(exchange));
  }

  private static void challenge(Exchange exchange) {
    exchange.fail(401, "Unauthorized", CHALLENGE);
  }

  /** One request that waits to be let in. */
  private final class Visit implements LoginDesk.Visitor {
    private final Exchange exchange;

    Visit(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void waits(Runnable leave) {
      exchange.onLeave(leave);
    }

    @Override
    public void checked(boolean isRight) {
      onLoop(isRight ? () -> endpoints.handle(exchange) : this::turnAway);
    }

    @Override
    public void refused() {
      onLoop(
          () -> {
            note(LoginFailure.UNCHECKED);
            exchange.fail(429, TOO_MANY, LATER);
          });
    }

    private void turnAway() {
      note(LoginFailure.WRONG);
      challenge(exchange);
    }

    private void note(LoginFailure failure) {
      stats.loginFailed(failure);
      complaints.add(failure, exchange.remoteAddress(), System.nanoTime());
    }

    private void onLoop(Runnable action) {
      if (exchange.loop().inEventLoop()) {
        action.run();
        return;
      }
      try {
        exchange
            .loop()
            .execute(
                () -> {
                  if (exchange.isAwaited()) {
                    action.run();
                  }
                });
      } catch (RejectedExecutionException ignored) {
        // The loop has ended, and with it everyone who waited.
      }
    }
  }
}
