package io.sonde.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StyleSheetTest {
  private static final Pattern CLASS = Pattern.compile("\\.([a-z][a-z-]*)");

  /** Of the script. */
  private static final String LIVE = "live";

  @Test
  void theSheetAndThePagesKnowTheSameClasses() throws Exception {
    Set<String> styled = new TreeSet<>();
    try (InputStream in = StyleSheetTest.class.getResourceAsStream("static/sonde.css")) {
      assertNotNull(in);
      String sheet = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher selectors = CLASS.matcher(sheet.replaceAll("\\{[^{}]*\\}", " "));
      while (selectors.find()) {
        styled.add(selectors.group(1));
      }
    }
    Set<String> used =
        Arrays.stream(Look.values())
            .map(Look::label)
            .collect(Collectors.toCollection(TreeSet::new));
    used.add(LIVE);
    assertEquals(used, styled);
  }
}
