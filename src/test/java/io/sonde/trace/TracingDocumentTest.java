package io.sonde.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.sonde.probe.Phase;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/tracing.md} lists the variables that are obeyed and what spans say. */
class TracingDocumentTest {
  private static final Path PAGE = Path.of("docs", "tracing.md");
  private static final Path SETTINGS =
      Path.of("src", "main", "java", "io", "sonde", "trace", "OtlpSettings.java");

  private static Set<String> found(String pattern, Path file, String prefix) throws IOException {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(file));
    while (matcher.find()) {
      found.add(prefix + matcher.group(1));
    }
    return found;
  }

  @Test
  void everyVariableIsListed() throws IOException {
    Set<String> obeyed = found("\"(OTEL_\\w+)\"", SETTINGS, "");
    obeyed.addAll(found("otlp(?:Name)?\\(\"(\\w+)\"\\)", SETTINGS, "OTEL_EXPORTER_OTLP_"));
    assertEquals(obeyed, found("^\\| `(OTEL_\\w+)` \\|", PAGE, ""));
  }

  @Test
  void everyAttributeIsListed() throws Exception {
    Set<String> said = new TreeSet<>();
    for (Field field : SpanAttributes.class.getDeclaredFields()) {
      if (AttributeKey.class.isAssignableFrom(field.getType())) {
        said.add(((AttributeKey<?>) field.get(null)).getKey());
      }
    }
    assertEquals(said, found("^\\| `([a-z]+\\.[a-z_.]+)` \\|", PAGE, ""));
  }

  @Test
  void everyPhaseIsListed() throws IOException {
    String text = Files.readString(PAGE);
    for (Phase phase : Phase.values()) {
      assertTrue(text.contains("`" + phase.label() + "`"), phase.label());
    }
  }
}
