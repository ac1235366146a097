package io.sonde.probe.http;

import io.sonde.config.HttpSpec;
import io.sonde.config.Regex;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Judges the bytes of a final response by regular expressions. May be used from any thread. */
final class BodyChecks {
  private final List<Regex> mustNotMatch;
  private final List<Regex> mustMatch;

  BodyChecks(HttpSpec spec) {
    this.mustNotMatch = spec.failIfBodyMatchesRegexp();
    this.mustMatch = spec.failIfBodyNotMatchesRegexp();
  }

  /** Whether there is nothing to judge. */
  boolean isEmpty() {
    return mustNotMatch.isEmpty() && mustMatch.isEmpty();
  }

  /**
   * The first thing that is wrong, or null.
   *
   * @param cancelled whether nobody waits for the answer any more; asked from this thread
   * @throws CancellationException if so
   */
  @Nullable Mismatch judge(byte[] body, BooleanSupplier cancelled) {
    for (Regex regex : mustNotMatch) {
      if (regex.find(body, cancelled)) {
        return Mismatch.of("Body matched regular expression", "regexp", regex.source());
      }
    }
    for (Regex regex : mustMatch) {
      if (!regex.find(body, cancelled)) {
        return Mismatch.of("Body did not match regular expression", "regexp", regex.source());
      }
    }
    return null;
  }
}
