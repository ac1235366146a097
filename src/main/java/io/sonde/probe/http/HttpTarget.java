package io.sonde.probe.http;

import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;
import io.sonde.probe.Failure;
import io.sonde.probe.ProbeFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads what users write as the target of an http probe. */
final class HttpTarget {
  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private HttpTarget() {}

  /**
   * The URL that a target means; without a scheme it is one of http.
   *
   * @throws InvalidUrlException if it is none
   */
  static HttpUrl parse(String target) throws InvalidUrlException {
    boolean complete = startsWith(target, HTTP) || startsWith(target, HTTPS);
    return HttpUrl.parse(complete ? target : HTTP + target);
  }

  /**
   * The URL that a target means where only https can be spoken: that of https, even if the target
   * says http.
   *
   * @throws InvalidUrlException if it is none
   */
  static HttpUrl parseSecure(String target) throws InvalidUrlException {
    if (startsWith(target, HTTPS)) {
      return HttpUrl.parse(target);
    }
    return HttpUrl.parse(HTTPS + (isPlain(target) ? target.substring(HTTP.length()) : target));
  }

  /**
   * The scheme of a target that is neither http nor https, or null. It is no scheme to http probes:
   * they take it for a host, as a name before a colon may be one.
   */
  private static @Nullable String foreignScheme(String target) {
    int end = target.indexOf("://");
    if (end <= 0 || startsWith(target, HTTP) || startsWith(target, HTTPS)) {
      return null;
    }
    String scheme = target.substring(0, end);
    return scheme.chars().allMatch(HttpTarget::mayStandInScheme) ? scheme : null;
  }

  /**
   * The address of a target's host; where there is none, a foreign scheme is given as the cause.
   */
  static <T> CompletionStage<T> explained(String target, CompletionStage<T> address) {
    String scheme = foreignScheme(target);
    return scheme == null
        ? address
        : address.exceptionallyCompose(
            error -> CompletableFuture.failedFuture(explained(scheme, error)));
  }

  private static Throwable explained(String scheme, Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (!(cause instanceof ProbeFailure known)) {
      return error;
    }
    Failure failure = known.failure();
    String message =
        failure.message()
            + ": the target begins with neither http:// nor https://, so that "
            + scheme
            + " is taken for a host";
    return new ProbeFailure(failure.phase(), failure.reason(), message, known);
  }

  private static boolean mayStandInScheme(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+';
  }

  /** Whether a target asks for http in so many words. */
  static boolean isPlain(String target) {
    return startsWith(target, HTTP);
  }

  private static boolean startsWith(String target, String prefix) {
    return target.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
