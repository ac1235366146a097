package io.sonde.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of the API in {@code docs/openapi.yml}, which answers are held to. */
final class OpenApi {
  private static final String ADDRESS = "https://sonde.example/openapi";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document = read();
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder.schemaLoaders(
                  loaders -> loaders.schemas(Map.of(ADDRESS, document.toString()))));
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private final Set<String> seen = new TreeSet<>();

  private static JsonNode read() {
    try {
      Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      return JSON.valueToTree(yaml.load(Files.readString(Path.of("docs/openapi.yml"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode document() {
    return document;
  }

  /** {@code METHOD path status} of everything that is documented. */
  Set<String> outcomes() {
    Set<String> outcomes = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            operation
                                .getValue()
                                .get("responses")
                                .fieldNames()
                                .forEachRemaining(
                                    status ->
                                        outcomes.add(
                                            operation.getKey().toUpperCase(Locale.ROOT)
                                                + " "
                                                + path.getKey()
                                                + " "
                                                + status))));
    return outcomes;
  }

  /** Those of them that were checked. */
  Set<String> seen() {
    return seen;
  }

  /** The documented path that a path is an instance of. */
  String template(String path) {
    List<String> fitting = new ArrayList<>();
    document
        .get("paths")
        .fieldNames()
        .forEachRemaining(
            template -> {
              if (path.matches(template.replaceAll("\\{[a-z]+}", "[^/]+"))) {
                fitting.add(template);
              }
            });
    assertEquals(1, fitting.size(), () -> "documented paths for " + path);
    return fitting.get(0);
  }

  /** Claims that an answer is one of the documented ones. */
  void check(String method, String path, int status, String contentType, String body) {
    String template = template(path);
    String outcome = method + " " + template + " " + status;
    seen.add(outcome);
    String pointer =
        "/paths/"
            + template.replace("~", "~0").replace("/", "~1")
            + "/"
            + method.toLowerCase(Locale.ROOT)
            + "/responses/"
            + status;
    JsonNode response = document.at(pointer);
    assertFalse(response.isMissingNode(), () -> outcome + " is not documented: " + body);
    if (response.has("$ref")) {
      pointer = response.get("$ref").asText().substring(1);
      response = document.at(pointer);
    }
    String type = contentType.replaceAll(";.*", "");
    assertTrue(response.get("content").has(type), () -> outcome + " came as " + contentType);
    if (!type.equals("text/plain")) {
      validate(outcome, pointer + "/content/" + type.replace("/", "~1") + "/schema", body);
    }
  }

  private void validate(String outcome, String pointer, String body) {
    Set<ValidationMessage> faults =
        schemas
            .getSchema(SchemaLocation.of(ADDRESS + "#" + pointer), config)
            .validate(body, InputFormat.JSON);
    assertTrue(faults.isEmpty(), () -> outcome + ": " + faults + " in " + body);
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }
}
