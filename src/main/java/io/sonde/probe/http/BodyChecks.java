package io.sonde.probe.http;

import io.sonde.config.HttpSpec;
import io.sonde.config.Regex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the content of a final response. May be used from any thread. */
final class BodyChecks {
  /** What is wrong with a body. */
  record Mismatch(String message, String regexp) {}

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

  /** The first thing that is wrong, or null. */
  @Nullable Mismatch judge(byte[] body) {
    for (Regex regex : mustNotMatch) {
      if (regex.find(body)) {
        return new Mismatch("Body matched regular expression", regex.source());
      }
    }
    for (Regex regex : mustMatch) {
      if (!regex.find(body)) {
        return new Mismatch("Body did not match regular expression", regex.source());
      }
    }
    return null;
  }
}
