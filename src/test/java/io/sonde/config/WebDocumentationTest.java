package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/web-config.md} lists the keys that the program knows, and its example loads. */
class WebDocumentationTest {
  private static final Path PAGE = Path.of("docs/web-config.md");

  static List<Block<?>> blocks() {
    return List.of(
        WebConfigBlock.BLOCK, TlsServerBlock.BLOCK, HttpServerBlock.BLOCK, RateLimitBlock.BLOCK);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyKeyIsListedWithItsTypeAndDefault(Block<?> block) throws IOException {
    Meanings page = DocumentationTest.page(PAGE);
    assertEquals(DocumentationTest.rows(block), DocumentationTest.rows(page.table(block.label())));
  }

  @Test
  void theExampleLoads() throws IOException {
    String page = Files.readString(PAGE);
    String start = "```yaml\n";
    int from = page.indexOf(start) + start.length();
    WebConfig config = WebConfigFiles.load(page.substring(from, page.indexOf("```", from)));
    assertEquals(List.of(), config.warnings());
    assertTrue(config.tls() != null && !config.users().isEmpty() && config.rateLimit().isOn());
  }

  @Test
  void everyWordOfClientAuthTypeIsExplained() throws IOException {
    String page = Files.readString(PAGE);
    for (ClientAuth auth : ClientAuth.values()) {
      assertTrue(page.contains("| `" + auth.word() + "`"), auth.word());
    }
  }
}
