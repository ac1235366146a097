package io.sonde.probe.http;

import io.netty.handler.codec.http.HttpResponse;
import io.sonde.config.HttpSpec;
import io.sonde.net.file.SearchWork;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.HttpConnection;
import io.sonde.net.http.KeptBody;
import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Trail;
import io.sonde.probe.Verdict;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges one final response: status, headers, body, version, transport, in that order. All of them
 * are looked at, and the first thing that is wrong is the reason.
 */
final class Judgement {
  private static final String NO_DECODER = "Failed to get decompressor for HTTP response body";

  /** What a parsed body takes for each of its bytes; numbers and short texts take the most. */
  private static final int JSON_BYTES_PER_BYTE = 8;

  private final ProbeRun run;
  private final HttpCriteria criteria;
  private final HttpMetrics metrics;
  private final Requester.Answer answer;
  private final boolean tooManyRedirects;
  private final BodyMemory.Share memory;
  private @Nullable Failure failure;

  Judgement(
      ProbeRun run,
      HttpCriteria criteria,
      HttpMetrics metrics,
      Requester.Answer answer,
      boolean tooManyRedirects) {
    this.run = run;
    this.criteria = criteria;
    this.metrics = metrics;
    this.answer = answer;
    this.tooManyRedirects = tooManyRedirects;
    this.memory = criteria.memory().share(run);
  }

  /** Reads the body and completes with the verdict. */
  CompletionStage<Verdict> pass() {
    HttpResponse response = answer.response();
    metrics.responded(answer.hop(), response);
    run.trail().debug("Received HTTP response", "status_code", response.status().code());
    judgeStatus(response.status().code());
    if (failure == null && !criteria.headers().isEmpty()) {
      fail(criteria.headers().judge(run, response.headers()));
      metrics.regexFailed(failure != null);
    }
    ContentDecoder decoder = decoder();
    boolean searches = failure == null && criteria.looksAtBody();
    if (searches) {
      checkFailed(criteria.body().isEmpty(), true); // Until the body has proved to be as it should.
    }
    if (searches) {
      run.onSettle(memory::leave);
    }
    BodyReader reader =
        new BodyReader(
            run, connection(), decoder, limit(searches), searches ? kept(decoder) : null);
    metrics.reading(reader);
    connection().readBody(reader);
    return reader
        .done()
        .handle(
            (body, error) ->
                error == null ? judgeBody(reader, searches, body) : broken(error, searches))
        .thenCompose(stage -> stage)
        .thenApply(done -> verdict());
  }

  private KeptBody kept(@Nullable ContentDecoder decoder) {
    long length = decoder == null ? HttpMetrics.contentLength(answer.response()) : -1;
    return new KeptBody(memory, length);
  }

  private void judgeStatus(int code) {
    HttpSpec spec = criteria.spec();
    boolean valid =
        spec.validStatusCodes().isEmpty()
            ? code >= 200 && code < 300
            : spec.validStatusCodes().contains(code);
    if (valid) {
      return;
    }
    Trail trail = run.trail();
    if (spec.validStatusCodes().isEmpty()) {
      trail.error("Invalid HTTP response status code, wanted 2xx", "status_code", code);
    } else {
      trail.error(
          "Invalid HTTP response status code",
          "status_code",
          code,
          "valid_status_codes",
          spec.validStatusCodes());
    }
    if (tooManyRedirects) {
      fail(Reason.REDIRECT, "more than " + Redirects.MAX_FOLLOWED + " redirects");
    } else {
      String wanted =
          spec.validStatusCodes().isEmpty() ? "2xx" : spec.validStatusCodes().toString();
      fail(Reason.STATUS, "expected status " + wanted + ", got " + code);
    }
  }

  private @Nullable ContentDecoder decoder() {
    if (criteria.compression() == Compression.UNKNOWN) {
      String word = criteria.spec().compression();
      run.trail().error(NO_DECODER, "err", "unsupported compression " + word);
      fail(Reason.CONFIG, "compression \"" + word + "\" is not known");
    }
    int code = answer.response().status().code();
    if (answer.hop().method().equals("HEAD") || code == 204 || code == 304) {
      return null;
    }
    try {
      return criteria.compression().newDecoder();
    } catch (IOException e) {
      run.trail().error(NO_DECODER, "err", String.valueOf(e.getMessage()));
      fail(Reason.INTERNAL, "no decoder for the body: " + e.getMessage());
      return null;
    }
  }

  private long limit(boolean searches) {
    long configured = criteria.spec().bodySizeLimit();
    if (configured > 0) {
      return configured;
    }
    return searches ? criteria.maxBodyBytes() : Long.MAX_VALUE;
  }

  private HttpConnection connection() {
    return answer.connection();
  }

  private CompletionStage<Void> judgeBody(BodyReader reader, boolean searches, byte[] body) {
    run.timeline().enter(Phase.CHECK, answer.hop().number(), answer.connection().endedAtNanos());
    ProbeFailure notInFormat = reader.notInFormat();
    if (notInFormat != null) {
      run.trail().error(NO_DECODER, "err", notInFormat.failure().message());
      fail(notInFormat.failure());
      checkFailed(criteria.body().isEmpty(), false);
    } else if (searches) {
      return searchBody(body).thenCompose(done -> checkJson(body));
    }
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<Void> searchBody(byte[] body) {
    if (criteria.body().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return look(isLarge(body), cancelled -> criteria.body().judge(body, cancelled))
        .thenAccept(wrong -> judged(false, wrong));
  }

  private CompletionStage<Void> checkJson(byte[] body) {
    if (criteria.json().isEmpty() || failure != null) {
      return CompletableFuture.completedFuture(null);
    }
    checkFailed(true, true);
    boolean mayTakeLong = isLarge(body) || criteria.json().mayTakeLong();
    return room(JSON_BYTES_PER_BYTE * (long) body.length)
        .thenCompose(room -> look(mayTakeLong, cancelled -> criteria.json().judge(body, cancelled)))
        .thenAccept(wrong -> judged(true, wrong));
  }

  /** Takes room for what a check makes of the body, as soon as there is some. */
  private CompletionStage<Void> room(long bytes) {
    if (bytes == 0 || memory.take(bytes)) {
      return CompletableFuture.completedFuture(null);
    }
    return memory
        .await(bytes)
        .thenAccept(
            room -> {
              if (!room) {
                throw memory.whole().noRoom();
              }
            });
  }

  /**
   * What is to be known of the body, found out here and now or, if that may take long, elsewhere.
   */
  private CompletionStage<Optional<Mismatch>> look(
      boolean mayTakeLong, Function<BooleanSupplier, @Nullable Mismatch> check) {
    return mayTakeLong
        ? criteria.searches().call(run, cancelled -> searching(check, cancelled))
        : CompletableFuture.completedFuture(Optional.ofNullable(check.apply(() -> false)));
  }

  /** The body stays in memory until the search is over, even if the probe ends before. */
  private Optional<Mismatch> searching(
      Function<BooleanSupplier, @Nullable Mismatch> check, BooleanSupplier cancelled) {
    if (!memory.enter()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(check.apply(cancelled));
    } finally {
      memory.leave();
    }
  }

  private static boolean isLarge(byte[] body) {
    return body.length > SearchWork.LARGE_BYTES;
  }

  private void judged(boolean json, Optional<Mismatch> mismatch) {
    checkFailed(json, mismatch.isPresent());
    mismatch.ifPresent(
        wrong -> {
          run.trail().error(wrong.message(), wrong.key(), wrong.detail());
          fail(wrong.reason(), wrong.toString());
        });
  }

  /** Sets the metric of one of the two kinds of checks. */
  private void checkFailed(boolean json, boolean failed) {
    if (json) {
      metrics.celFailed(failed);
    } else {
      metrics.regexFailed(failed);
    }
  }

  private CompletionStage<Void> broken(Throwable error, boolean searches) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (!(cause instanceof ProbeFailure broken)) {
      return CompletableFuture.failedFuture(cause);
    }
    run.trail()
        .error(
            searches ? "Error reading HTTP body" : "Failed to read HTTP response body",
            "err",
            broken.failure().message());
    fail(broken.failure());
    return CompletableFuture.completedFuture(null);
  }

  private Verdict verdict() {
    HttpSpec spec = criteria.spec();
    String version = answer.response().protocolVersion().text();
    if (!spec.validHttpVersions().isEmpty() && !spec.validHttpVersions().contains(version)) {
      run.trail().error("Invalid HTTP version number", "version", version);
      fail(Reason.VERSION, "expected one of " + spec.validHttpVersions() + ", got " + version);
    }
    boolean secure = answer.hop().url().isSecure();
    if (secure && spec.failIfSsl()) {
      run.trail().error("Final request was over SSL");
      fail(Reason.SSL, "the final response came over TLS");
    } else if (!secure && spec.failIfNotSsl() && failure == null) {
      run.trail().error("Final request was not over SSL");
      fail(Reason.SSL, "the final response did not come over TLS");
    }
    return failure == null ? Verdict.PASSED : new Verdict(failure);
  }

  private void fail(Reason reason, String message) {
    fail(new Failure(Phase.CHECK, reason, message));
  }

  private void fail(@Nullable Failure found) {
    failure = failure == null ? found : failure;
  }
}
