package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        ConfigBlock.BLOCK,
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
    Meanings page = page(PAGE);
    Map<String, Meanings.Row> listed = new HashMap<>(page.table(block.label()));
    for (String other : INCLUDED.getOrDefault(block.label(), List.of())) {
      listed.putAll(page.table(other));
    }
    assertEquals(rows(block), rows(listed));
  }

  /** The rows that the table of a block begins with, sorted. */
  static String rows(Block<?> block) {
    return block.keys().stream()
        .map(key -> key.name() + " | " + key.kind().label() + " | " + defaultOf(key))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** The rows of a table, sorted. */
  static String rows(Map<String, Meanings.Row> table) {
    return table.entrySet().stream()
        .map(
            row -> row.getKey() + " | " + row.getValue().type() + " | " + row.getValue().standard())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everySectionBelongsToABlock() throws IOException {
    Set<String> labels = blocks().stream().map(Block::label).collect(Collectors.toSet());
    labels.add("proxy");
    assertEquals(labels, page(PAGE).sections());
  }

  static Meanings page(Path file) throws IOException {
    return Meanings.of(Files.readString(file));
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
