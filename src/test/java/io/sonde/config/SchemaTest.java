package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas that editors use are schemas, and take the shipped files. */
class SchemaTest {
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```yaml\\n(.*?)^ *```");
  private static final Pattern MODULES = Pattern.compile("(?m)^(modules|target_policy):");
  private static final Pattern WEB_SERVER = Pattern.compile("(?m)^tls_server_config:");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Map<String, Object>> schemas() {
    return List.of(ConfigSchema.ofModules(), ConfigSchema.ofWebServer());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void itIsASchemaOfItsDraft(Map<String, Object> schema) {
    String draft = VersionFlag.V7.getId();
    assertEquals(draft, schema.get("$schema"));
    var draftItself =
        JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(SchemaLocation.of(draft));
    assertEquals(Set.of(), draftItself.validate(JSON.valueToTree(schema)));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void everyKeyIsExplained(Map<String, Object> schema) {
    List<String> silent = new ArrayList<>();
    JsonNode json = JSON.valueToTree(schema);
    for (JsonNode block : json.findParents("properties")) {
      block
          .get("properties")
          .properties()
          .forEach(
              key -> {
                String text = key.getValue().path("description").asText();
                if (!text.matches("\\S[^\\n]+ \\(.+\\)")) {
                  silent.add(key.getKey() + ": " + text);
                }
              });
    }
    silent.removeIf(line -> line.matches("(Content-|Strict-|X-).*"));
    assertEquals(List.of(), silent);
  }

  @Test
  void referencesHaveNoAssertionsBesideThem() {
    for (Map<String, Object> schema : schemas()) {
      for (JsonNode reference : JSON.<JsonNode>valueToTree(schema).findParents("$ref")) {
        reference
            .fieldNames()
            .forEachRemaining(
                name ->
                    assertTrue(Set.of("$ref", "description", "deprecated").contains(name), name));
      }
    }
  }

  static List<String> shippedModules() {
    return examples(MODULES);
  }

  static List<String> shippedWebServers() {
    return examples(WEB_SERVER);
  }

  @ParameterizedTest
  @MethodSource("shippedModules")
  void whatIsShippedIsRight(String file) {
    SchemaJudge.OF_MODULES.judge(file, null);
  }

  @ParameterizedTest
  @MethodSource("shippedWebServers")
  void whatIsShippedForTheWebServerIsRight(String file) {
    SchemaJudge.OF_WEB_SERVER.judge(file, null);
  }

  /** Files of the repository, and examples in its pages, that have some key at their top. */
  private static List<String> examples(Pattern key) {
    List<String> examples = new ArrayList<>();
    for (String folder : List.of("config", "docker", "docs", "src/e2e", "src/bench")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.forEach(file -> examples.addAll(examplesIn(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    examples.removeIf(text -> !key.matcher(text).find());
    assertTrue(!examples.isEmpty());
    examples.forEach(text -> assertTrue(EditorView.of(text).isPresent(), text));
    return examples;
  }

  private static List<String> examplesIn(Path file) {
    try {
      String name = file.toString();
      if (name.endsWith(".md")) {
        return FENCE.matcher(Files.readString(file)).results().map(it -> it.group(1)).toList();
      }
      return name.endsWith(".yml") ? List.of(filledIn(Files.readString(file))) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with something in the places that a script fills in, whole lines of texts too. */
  private static String filledIn(String template) {
    return template.replaceAll("(?m)^@", " ".repeat(20) + "@").replaceAll("@\\w+@", "7");
  }

  @ParameterizedTest
  @FieldSource("io.sonde.config.LoaderOnly#OF_MODULES")
  void onlyTheLoaderKnows(LoaderOnly.Reason reason) {
    assertEquals(List.of(), SchemaJudge.OF_MODULES.complaints(reason.file()));
    List<Problem> problems = new ArrayList<>();
    for (Variables variables : List.of(Variables.NOT_EXPANDED, Variables.of(Map.of()))) {
      LoadRules rules = new LoadRules(variables, FileFolders.ANY, false);
      byte[] content = reason.file().getBytes(StandardCharsets.UTF_8);
      try {
        ConfigLoader.parse("sonde.yml", content, rules);
      } catch (ConfigException failure) {
        problems.addAll(failure.problems());
      }
    }
    assertTrue(problems.stream().anyMatch(reason::isToldBy), problems.toString());
  }

  @ParameterizedTest
  @FieldSource("io.sonde.config.LoaderOnly#OF_WEB_SERVER")
  void onlyTheLoaderOfTheWebServerKnows(LoaderOnly.Reason reason) {
    assertEquals(List.of(), SchemaJudge.OF_WEB_SERVER.complaints(reason.file()));
    byte[] content = reason.file().getBytes(StandardCharsets.UTF_8);
    ConfigException failure =
        assertThrows(
            ConfigException.class, () -> WebConfigLoader.parse(Path.of("web.yml"), content));
    assertTrue(failure.problems().stream().anyMatch(reason::isToldBy), failure.getMessage());
  }
}
