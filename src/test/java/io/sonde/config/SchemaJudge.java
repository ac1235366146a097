package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.AnnotationKeyword;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a schema says of a file with what the loader says: whatever loads is right, and
 * what does not is wrong, but for the reasons that only the loader knows. All files that tests give
 * to the loader are judged.
 */
final class SchemaJudge {
  private static final JsonSchemaFactory FACTORY = factory();

  static final SchemaJudge OF_MODULES =
      new SchemaJudge(ConfigSchema.ofModules(), LoaderOnly.OF_MODULES);
  static final SchemaJudge OF_WEB_SERVER =
      new SchemaJudge(ConfigSchema.ofWebServer(), LoaderOnly.OF_WEB_SERVER);

  private final JsonSchema schema;
  private final List<LoaderOnly.Reason> reasons;

  private SchemaJudge(Map<String, Object> schema, List<LoaderOnly.Reason> reasons) {
    JsonNode json = new ObjectMapper().valueToTree(schema);
    this.schema = FACTORY.getSchema(json);
    this.reasons = reasons;
  }

  /** One that knows what is said to editors only. */
  private static JsonSchemaFactory factory() {
    JsonMetaSchema.Builder draft = JsonMetaSchema.builder(JsonMetaSchema.getV7());
    for (String keyword : List.of("errorMessage", "patternErrorMessage", "deprecated")) {
      draft.keyword(new AnnotationKeyword(keyword));
    }
    return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7))
        .metaSchema(draft.build())
        .build();
  }

  /**
   * Where the schema does not say what the loader says; empty if they agree.
   *
   * @param failure why the file does not load; null if it does
   */
  List<String> disagreement(String file, @Nullable ConfigException failure) {
    Optional<JsonNode> view = EditorView.of(file);
    List<String> wrong = complaints(view);
    if (failure == null) {
      return Stream.concat(wrong.stream(), complaints(EditorView.inOldYaml(file)).stream())
          .map(complaint -> "loads, but " + complaint + ": " + file)
          .toList();
    }
    boolean looksRight = view.isPresent() && wrong.isEmpty();
    if (looksRight && !failure.problems().stream().allMatch(this::isForLoader)) {
      return List.of("looks right, but " + failure.getMessage() + ": " + file);
    }
    return List.of();
  }

  /** Claims that schema and loader agree about a file. */
  void judge(String file, @Nullable ConfigException failure) {
    assertEquals(List.of(), disagreement(file, failure));
  }

  private boolean isForLoader(Problem problem) {
    return LoaderOnly.tells(reasons, problem);
  }

  /** What is wrong with a file; empty if nothing is. */
  List<String> complaints(String file) {
    return complaints(EditorView.of(file));
  }

  private List<String> complaints(Optional<JsonNode> file) {
    Stream<ValidationMessage> messages = file.stream().flatMap(it -> schema.validate(it).stream());
    return List.copyOf(
        messages.map(ValidationMessage::getMessage).collect(Collectors.toCollection(TreeSet::new)));
  }
}
