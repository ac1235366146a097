package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The first page keeps its promises. */
class ReadmeTest {
  private static final Pattern MODULE_ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");
  private static final Pattern LINK = Pattern.compile("]\\(((?!http)[^)#]+)");

  @Test
  void itListsTheModulesOfTheShippedConfiguration() throws IOException {
    String shipped = Files.readString(Path.of("config/sonde.yml"));
    assertEquals(
        List.copyOf(ConfigFiles.load(shipped).modules().keySet()), found(MODULE_ROW, readme()));
  }

  @Test
  void itsLinksLeadToFiles() throws IOException {
    List<String> broken =
        found(LINK, readme()).stream().filter(link -> !Files.exists(Path.of(link))).toList();
    assertEquals(List.of(), broken);
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
