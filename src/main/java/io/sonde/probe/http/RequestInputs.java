package io.sonde.probe.http;

import io.sonde.config.Redaction;
import io.sonde.net.http.HeaderLine;
import io.sonde.net.http.RequestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that may come from files, as they are at the start of a probe.
 *
 * @param authorization value of {@code Authorization}, or null
 * @param fetched whether that value was fetched for this probe, and so replaces any other
 * @param lines further header lines
 * @param secrets what of these must not be shown
 * @param body the body file; null if there is none
 * @param headerProblem why the headers cannot be made, or null
 * @param bodyProblem why there is no body, or null
 */
record RequestInputs(
    @Nullable String authorization,
    boolean fetched,
    List<HeaderLine> lines,
    Redaction secrets,
    @Nullable RequestBody body,
    @Nullable String headerProblem,
    @Nullable String bodyProblem) {

  /** The same with credentials that were fetched. */
  RequestInputs withToken(String value) {
    return new RequestInputs(value, true, lines, secrets, body, headerProblem, bodyProblem);
  }

  /** Not the parts that may hold secrets. */
  @Override
  public String toString() {
    return "lines=" + lines;
  }
}
