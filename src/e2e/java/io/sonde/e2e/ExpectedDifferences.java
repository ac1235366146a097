package io.sonde.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The table of differences in {@code docs/compatibility.md}. A row is used up by a difference that
 * matches it; rows nobody used are out of date.
 */
final class ExpectedDifferences {
  private static final String BEGIN = "<!-- differences:begin -->";
  private static final String END = "<!-- differences:end -->";

  /** One row: comma-separated patterns with {@code *} for any text. */
  private record Row(String id, List<Pattern> cases, List<Pattern> subjects) {
    boolean covers(String name, Comparison.Difference difference) {
      return cases.stream().anyMatch(pattern -> pattern.matcher(name).matches())
          && subjects.stream().anyMatch(pattern -> pattern.matcher(difference.subject()).matches());
    }
  }

  private final List<Row> rows;
  private final Set<String> unused = new LinkedHashSet<>();

  private ExpectedDifferences(List<Row> rows) {
    this.rows = rows;
    rows.forEach(row -> unused.add(row.id()));
  }

  static ExpectedDifferences read(Path document) throws IOException {
    String text = Files.readString(document);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(document + " has no table between " + BEGIN + " and " + END);
    }
    List<Row> rows = new ArrayList<>();
    for (String line : text.substring(begin + BEGIN.length(), end).split("\n")) {
      String[] cells = line.split("\\|", -1);
      if (cells.length > 4 && !cells[1].trim().equals("id") && !cells[1].contains("---")) {
        rows.add(new Row(cells[1].trim(), patterns(cells[2]), patterns(cells[3])));
      }
    }
    return new ExpectedDifferences(rows);
  }

  private static List<Pattern> patterns(String cell) {
    List<Pattern> patterns = new ArrayList<>();
    for (String glob : cell.replace("`", "").trim().split(",\\s+")) {
      String quoted = Pattern.quote(glob.trim()).replace("*", "\\E.*\\Q");
      patterns.add(Pattern.compile(quoted, Pattern.DOTALL));
    }
    return patterns;
  }

  /** Whether a row says that this difference is meant. Every matching row counts as used. */
  boolean covers(String caseName, Comparison.Difference difference) {
    boolean covered = false;
    for (Row row : rows) {
      if (row.covers(caseName, difference)) {
        unused.remove(row.id());
        covered = true;
      }
    }
    return covered;
  }

  /** Whether a row for all cases covers this difference. */
  boolean isEverywhere(Comparison.Difference difference) {
    return rows.stream().anyMatch(row -> row.covers("", difference));
  }

  /** The ids of all rows. */
  List<String> ids() {
    return rows.stream().map(Row::id).toList();
  }

  /** Whether no difference matched this row so far. */
  boolean isUnused(String id) {
    return unused.contains(id);
  }
}
