package io.sonde.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema while it is made: blocks become definitions, and each kind of value says what it
 * looks like.
 *
 * <p>It never refuses what the loader takes, in whichever version of YAML an editor reads the file:
 * a text may look like a number, and every value but a required one may be null. Beside a reference
 * stand no assertions, so that all drafts from 07 on mean the same.
 */
final class Schema {
  private static final String DEFINITIONS = "#/definitions/";
  private static final String VARIABLE = "\\$\\{[A-Za-z_]";
  private static final String REFERENCE = "$ref";
  private static final String TYPE = "type";
  private static final String NULL = "null";
  private static final String PATTERN = "pattern";
  private static final String ANY_OF = "anyOf";

  private static final String EXPECTED_TEXT = "expected a text";

  /** What editors say about a value of another type, and about a text of another form. */
  private static final List<String> MESSAGES = List.of("errorMessage", "patternErrorMessage");

  private final Meanings meanings;
  private final boolean variables;
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  /**
   * A schema without definitions.
   *
   * @param variables whether any value may be a reference to a variable of the environment
   */
  Schema(Meanings meanings, boolean variables) {
    this.meanings = meanings;
    this.variables = variables;
  }

  /** The schema of files that are this block, in JSON Schema draft-07. */
  Map<String, Object> of(Block<?> file, String title) {
    Map<String, Object> schema = object("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", title);
    schema.putAll(file.schema(this));
    schema.put("definitions", definitions);
    return schema;
  }

  /** What a value of a kind looks like, wherever it stands. */
  Map<String, Object> reference(Kind<?> kind) {
    if (!(kind instanceof Block<?> block)) {
      return kind.schema(this);
    }
    String name = block.label().replace(' ', '_');
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of());
      definitions.put(name, block.schema(this));
    }
    return object(REFERENCE, DEFINITIONS + name);
  }

  /** The same, defined once for all that look like it. */
  Map<String, Object> shared(String name, Map<String, Object> schema) {
    definitions.put(name, schema);
    return object(REFERENCE, DEFINITIONS + name);
  }

  /** A mapping with the keys of a block. */
  Map<String, Object> block(Block<?> block) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Key<?> key : block.keys()) {
      properties.put(key.name(), property(block, key));
      if (key.complaint() != null) {
        required.add(key.name());
      }
    }
    Map<String, Object> schema = mapping(properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private Map<String, Object> property(Block<?> block, Key<?> key) {
    Map<String, Object> property = reference(key.kind());
    if (key.complaint() != null && property.get(ANY_OF) instanceof List<?> forms) {
      forms.remove(object(TYPE, NULL));
    }
    property.put("description", meanings.of(block.label(), key.name()));
    if (key.isDeprecated()) {
      property.put("deprecated", true);
    }
    return property;
  }

  /** A mapping whose every key is known. */
  static Map<String, Object> mapping(Map<String, Object> properties) {
    Map<String, Object> schema = object(TYPE, List.of("object", NULL));
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    return schema;
  }

  /** A mapping with any keys. */
  Map<String, Object> map(Kind<?> value) {
    Map<String, Object> schema = object(TYPE, List.of("object", NULL));
    schema.put("additionalProperties", reference(value));
    return schema;
  }

  Map<String, Object> list(Kind<?> item) {
    Map<String, Object> schema = object(TYPE, List.of("array", NULL));
    schema.put("items", reference(item));
    return schema;
  }

  /** Any scalar. */
  Map<String, Object> text() {
    Map<String, Object> string = object(TYPE, "string");
    string.put(MESSAGES.get(0), EXPECTED_TEXT);
    return shared("text", object(ANY_OF, List.of(string, scalar())));
  }

  /** Any scalar, mostly one of some words, which editors suggest. */
  static Map<String, Object> text(Collection<String> usual) {
    Map<String, Object> words = object("enum", List.copyOf(usual));
    words.put(MESSAGES.get(0), EXPECTED_TEXT);
    return object(ANY_OF, List.of(words, scalar()));
  }

  /** Said so, and not by a list of types, as editors would suggest a value of each. */
  private static Map<String, Object> scalar() {
    return object("not", object(TYPE, List.of("object", "array")));
  }

  /**
   * A scalar that is a text of some form, unless it is of another type.
   *
   * @param form a regular expression without anchors, in what Java and JavaScript have in common
   * @param expected what a message says that it expected
   */
  Map<String, Object> formed(String form, String expected, String... otherTypes) {
    List<String> types = new ArrayList<>(List.of(otherTypes));
    types.add("string");
    types.add(NULL);
    Map<String, Object> schema = object(TYPE, types);
    schema.put(PATTERN, "^(?:" + form + ")$" + (variables ? "|" + VARIABLE : ""));
    MESSAGES.forEach(message -> schema.put(message, "expected " + expected));
    return schema;
  }

  /** One of a few words. */
  Map<String, Object> word(Collection<String> words) {
    List<Object> choices = new ArrayList<>(words);
    if (words.contains("off")) {
      // What YAML 1.1 takes the word for.
      choices.add(false);
    }
    List<Object> forms = new ArrayList<>(List.of(object("enum", choices), object(TYPE, NULL)));
    if (variables) {
      Map<String, Object> variable = object(TYPE, "string");
      variable.put(PATTERN, VARIABLE);
      forms.add(variable);
    }
    return object(ANY_OF, forms);
  }

  static Map<String, Object> object(String key, Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(key, value);
    return object;
  }
}
