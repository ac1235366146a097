package io.sonde.probe.http;

import io.sonde.config.HttpSpec;
import io.sonde.config.Regex;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.KeptBody;
import io.sonde.probe.ProbeFailure;
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
   * The first thing that is wrong, or null.
   *
   * @param memory where a body that is no UTF-8 is repaired, once for all expressions
   * @throws ProbeFailure if there is no room for that
   */
  @Nullable Mismatch judge(byte[] original, BodyMemory.Share memory) {
    long repaired = Regex.repairedBytes(original);
    if (repaired > original.length && (repaired > KeptBody.MOST_BYTES || !memory.take(repaired))) {
      throw memory.whole().noRoom();
    }
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
