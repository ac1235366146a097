package io.sonde.probe.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.sonde.config.HeaderMatch;
import io.sonde.config.HttpSpec;
import io.sonde.config.Regex;
import io.sonde.net.http.HeaderRules;
import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the headers of a final response. */
final class HeaderChecks {
  private final List<HeaderMatch> mustNotMatch;
  private final List<HeaderMatch> mustMatch;

  HeaderChecks(HttpSpec spec) {
    this.mustNotMatch = spec.failIfHeaderMatches();
    this.mustMatch = spec.failIfHeaderNotMatches();
  }

  /** Whether there is nothing to judge. */
  boolean isEmpty() {
    return mustNotMatch.isEmpty() && mustMatch.isEmpty();
  }

  /** The first thing that is wrong, or null. */
  @Nullable Failure judge(ProbeRun run, HttpHeaders headers) {
    for (HeaderMatch check : mustNotMatch) {
      List<String> values = values(headers, check.header());
      if (values.isEmpty() && !check.allowMissing()) {
        return missing(run, check);
      }
      for (String value : values) {
        if (matches(check.regexp(), value)) {
          note(run, "Header matched regular expression", check, values);
          return failure("header " + check.header() + " matches " + check.regexp());
        }
      }
    }
    for (HeaderMatch check : mustMatch) {
      List<String> values = values(headers, check.header());
      if (values.isEmpty() && !check.allowMissing()) {
        return missing(run, check);
      }
      if (!values.isEmpty() && values.stream().noneMatch(v -> matches(check.regexp(), v))) {
        note(run, "Header did not match regular expression", check, values);
        return failure("header " + check.header() + " does not match " + check.regexp());
      }
    }
    return null;
  }

  private static List<String> values(HttpHeaders headers, String name) {
    // What frames the message is not seen as a header of it.
    boolean framing =
        name.equalsIgnoreCase("Transfer-Encoding") || name.equalsIgnoreCase("Trailer");
    return framing ? List.of() : headers.getAll(name);
  }

  /** Header values come as Latin-1, while expressions mean UTF-8. */
  private static boolean matches(Regex regex, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 127) {
        return regex.find(value.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return regex.find(value);
  }

  private static Failure missing(ProbeRun run, HeaderMatch check) {
    run.trail().error("Missing required header", "header", HeaderRules.canonical(check.header()));
    return failure("header " + check.header() + " is missing");
  }

  private static void note(ProbeRun run, String message, HeaderMatch check, List<String> values) {
    run.trail()
        .error(
            message,
            "header",
            check.header(),
            "regexp",
            check.regexp().source(),
            "value_count",
            values.size());
  }

  private static Failure failure(String message) {
    return new Failure(Phase.CHECK, Reason.HEADER, message);
  }
}
