package io.sonde.probe.http;

import io.sonde.config.HttpSpec;
import io.sonde.config.Regex;
import io.sonde.net.http.KeptBody;
import java.util.List;
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
   * How much memory {@link #judge} needs to repair a body, once for all expressions; 0 if it is
   * UTF-8, and more than there can be if no array could hold it.
   */
  static long repairBytes(byte[] original) {
    long repaired = Regex.repairedBytes(original);
    if (repaired > KeptBody.MOST_BYTES) {
      return Long.MAX_VALUE;
    }
    return repaired > original.length ? repaired : 0;
  }

  /** The first thing that is wrong, or null. */
  @Nullable Mismatch judge(byte[] original) {
    byte[] body = Regex.repaired(original);
    for (Regex regex : mustNotMatch) {
      if (regex.find(body)) {
        return Mismatch.of("Body matched regular expression", "regexp", regex.source());
      }
    }
    for (Regex regex : mustMatch) {
      if (!regex.find(body)) {
        return Mismatch.of("Body did not match regular expression", "regexp", regex.source());
      }
    }
    return null;
  }
}
