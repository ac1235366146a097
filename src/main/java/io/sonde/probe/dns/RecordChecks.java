package io.sonde.probe.dns;

import com.google.re2j.PatternSyntaxException;
import io.sonde.config.RecordValidator;
import io.sonde.config.Regex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a module demands of the records in one section of an answer, compiled when the module is
 * loaded. Expressions are searched for in the text of each record.
 */
final class RecordChecks {
  /** Of which at least one record is needed. */
  private final List<String> wanted;

  private final List<Regex> unwanted;
  private final List<Regex> wantedInAll;
  private final List<Regex> wantedInEach;
  private final List<Regex> wantedInOne;
  private final @Nullable String problem;

  RecordChecks(RecordValidator validator) {
    this.wanted =
        validator.failIfNotMatches().isEmpty()
            ? validator.failIfNoneMatches()
            : validator.failIfNotMatches();
    List<String> problems = new ArrayList<>();
    this.unwanted = compile(validator.failIfMatches(), problems);
    this.wantedInAll = compile(validator.failIfAllMatch(), problems);
    this.wantedInEach = compile(validator.failIfNotMatches(), problems);
    this.wantedInOne = compile(validator.failIfNoneMatches(), problems);
    this.problem = problems.isEmpty() ? null : problems.get(0);
  }

  /** Why the records are not as they should be; null if they are. */
  @Nullable String judge(List<DnsRecord> records) {
    if (records.isEmpty()) {
      return wanted.isEmpty() ? null : "there are no records to match " + wanted;
    }
    if (problem != null) {
      return problem;
    }
    boolean allMatch = true;
    boolean oneMatches = wantedInOne.isEmpty();
    for (DnsRecord item : records) {
      Regex wrong = first(unwanted, item, true);
      if (wrong != null) {
        return "a record matches " + wrong + ": " + item.text();
      }
      allMatch &= first(wantedInAll, item, false) == null;
      wrong = first(wantedInEach, item, false);
      if (wrong != null) {
        return "a record does not match " + wrong + ": " + item.text();
      }
      oneMatches |= first(wantedInOne, item, true) != null;
    }
    if (!allMatch) {
      return "not every record matches " + wantedInAll;
    }
    return oneMatches ? null : "no record matches " + wantedInOne;
  }

  /** The first expression that matches, or that does not. */
  private static @Nullable Regex first(List<Regex> expressions, DnsRecord item, boolean matching) {
    for (Regex expression : expressions) {
      if (expression.find(item.text()) == matching) {
        return expression;
      }
    }
    return null;
  }

  private static List<Regex> compile(List<String> sources, List<String> problems) {
    List<Regex> compiled = new ArrayList<>(sources.size());
    for (String source : sources) {
      try {
        compiled.add(Regex.compile(source));
      } catch (PatternSyntaxException e) {
        problems.add("cannot compile the regular expression " + source + ": " + e.getMessage());
      }
    }
    return List.copyOf(compiled);
  }
}
