package io.sonde.boards;

import io.sonde.rig.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares the series that dashboards ask for with those that their document lists. */
final class Document {
  private static final String SECTION = "\n## Series they ask for\n";
  private static final Pattern WORD = Pattern.compile("`([a-z][^` ]*)`");

  /** A name before its selector, or the pattern of names within one. */
  private static final Pattern SERIES =
      Pattern.compile("([a-z][a-z0-9_:]*)\\{|__name__=~\"([^\"]+)\"");

  private final Tally tally;

  Document(Tally tally) {
    this.tally = tally;
  }

  void judge(Path document, List<Dashboard> dashboards) {
    tally.claim(
        document.getFileName() + " lists the series that dashboards ask for, and no others",
        () -> {
          String text = Files.readString(document);
          String section = text.substring(text.indexOf(SECTION) + SECTION.length());
          section = section.substring(0, section.indexOf("\n## "));
          Set<String> asked =
              dashboards.stream()
                  .flatMap(dashboard -> dashboard.panels().stream())
                  .flatMap(panel -> panel.queries().stream())
                  .flatMap(query -> SERIES.matcher(query.expression()).results())
                  .map(Document::name)
                  .collect(Collectors.toCollection(TreeSet::new));
          Set<String> listed =
              WORD.matcher(section)
                  .results()
                  .map(word -> word.group(1))
                  .collect(Collectors.toCollection(TreeSet::new));
          Tally.same(asked, listed);
        });
  }

  private static String name(MatchResult series) {
    return series.group(1) == null ? series.group(2) : series.group(1);
  }
}
