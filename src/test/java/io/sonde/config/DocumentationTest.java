package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/configuration.md} lists the keys that the program knows, with their defaults. */
class DocumentationTest {
  private static final Path PAGE = Path.of("docs/configuration.md");

  /** Tables whose keys belong to another block as well. */
  private static final Map<String, List<String>> INCLUDED =
      Map.of(
          "http", List.of("http_config", "proxy"),
          "http_config", List.of("proxy"),
          "oauth2", List.of("proxy"));

  static List<Block<?>> blocks() {
    return List.of(
        ModuleBlock.BLOCK,
        HttpBlock.BLOCK,
        HeaderMatchBlock.BLOCK,
        HttpClientBlock.BLOCK,
        HeaderValuesBlock.BLOCK,
        BasicAuthBlock.BLOCK,
        AuthorizationBlock.BLOCK,
        OAuth2Block.BLOCK,
        TlsBlock.BLOCK,
        TcpBlock.BLOCK,
        QueryResponseBlock.BLOCK,
        QueryResponseBlock.LabelBlock.BLOCK,
        UnixBlock.BLOCK,
        IcmpBlock.BLOCK,
        DnsBlock.BLOCK,
        RecordValidatorBlock.BLOCK,
        GrpcBlock.BLOCK,
        WebsocketBlock.BLOCK,
        TargetPolicyBlock.BLOCK,
        PolicyRuleBlock.BLOCK);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyKeyIsListedWithItsTypeAndDefault(Block<?> block) throws IOException {
    Map<String, List<String>> tables = tables(PAGE);
    List<String> listed = new ArrayList<>(rows(tables, block.label()));
    for (String other : INCLUDED.getOrDefault(block.label(), List.of())) {
      listed.addAll(rows(tables, other));
    }
    assertEquals(rows(block), String.join("\n", listed.stream().sorted().toList()));
  }

  /** The rows that the table of a block begins with, sorted. */
  static String rows(Block<?> block) {
    return block.keys().stream()
        .map(key -> "`" + key.name() + "` | " + key.kind().label() + " | " + defaultOf(key))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everySectionBelongsToABlock() throws IOException {
    List<String> labels = new ArrayList<>(blocks().stream().map(Block::label).toList());
    labels.add("proxy");
    assertEquals(
        labels.stream().sorted().toList(), tables(PAGE).keySet().stream().sorted().toList());
  }

  private static List<String> rows(Map<String, List<String>> tables, String label) {
    List<String> rows = tables.get(label);
    assertNotNull(rows, "no section " + label);
    return rows;
  }

  /** The first three cells of each row that begins with a key, by section. */
  static Map<String, List<String>> tables(Path page) throws IOException {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    String section = "";
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("#")) {
        section = line.replaceFirst("#+ ", "").replaceFirst("^Module$", "module");
      } else if (line.startsWith("| `")) {
        String[] cells = line.split(" *\\| *");
        if (cells.length <= 3) {
          continue;
        }
        String type = cells[2].replaceAll("\\[([^]]+)]\\([^)]*\\)", "$1");
        tables
            .computeIfAbsent(section, any -> new ArrayList<>())
            .add(cells[1] + " | " + type + " | " + cells[3]);
      }
    }
    return tables;
  }

  private static String defaultOf(Key<?> key) {
    Object fallback = key.fallback();
    if (key.kind() instanceof Block) {
      return "–";
    }
    if (fallback == null) {
      return "unset";
    }
    if (fallback instanceof Collection<?> || fallback instanceof Map<?, ?>) {
      return "none";
    }
    if (fallback instanceof Duration duration) {
      return "`" + Durations.format(duration) + "`";
    }
    String text = fallback.toString();
    return text.isEmpty() ? "`\"\"`" : "`" + text + "`";
  }
}
