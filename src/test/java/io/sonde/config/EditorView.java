package io.sonde.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A file as an editor gives it to a JSON Schema: merges and aliases are resolved. */
final class EditorView {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern OCTAL_OR_HEX = Pattern.compile("0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  /** More than any file that a person edits. */
  private static final int MOST_NODES = 50_000;

  private static final int MOST_LEVELS = 100;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final BigInteger BEYOND = BigInteger.TWO.pow(Double.MAX_EXPONENT);

  private int nodes;

  private EditorView() {}

  /** By the core schema of YAML 1.2; empty if the text is no YAML, or endless. */
  static Optional<JsonNode> of(String text) {
    try {
      YamlNode root = YamlComposer.compose(text);
      return root == null ? Optional.empty() : Optional.of(new EditorView().json(root, 0));
    } catch (YamlSyntaxException | ArithmeticException ignored) {
      return Optional.empty();
    }
  }

  /** By YAML 1.1; empty if the text is none. */
  static Optional<JsonNode> inOldYaml(String text) {
    try {
      Iterator<Object> documents =
          new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).iterator();
      return documents.hasNext()
          ? Optional.of(MAPPER.valueToTree(finite(documents.next())))
          : Optional.empty();
    } catch (YAMLException | IllegalArgumentException ignored) {
      return Optional.empty();
    }
  }

  /** The same without numbers that JSON does not have. */
  private static @Nullable Object finite(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> finite = new LinkedHashMap<>();
      map.forEach((key, each) -> finite.put(String.valueOf(key), finite(each)));
      return finite;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> finite = new ArrayList<>();
      list.forEach(each -> finite.add(finite(each)));
      return finite;
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return number.isNaN() ? BigInteger.ONE : number > 0 ? BEYOND : BEYOND.negate();
    }
    return value;
  }

  private void spend(int level) {
    if (++nodes > MOST_NODES || level > MOST_LEVELS) {
      throw new ArithmeticException("too many nodes");
    }
  }

  private JsonNode json(YamlNode node, int level) {
    spend(level);
    if (node.isScalar()) {
      return scalar(node);
    }
    if (node.isSequence()) {
      var array = JSON.arrayNode();
      node.items().forEach(item -> array.add(json(item, level + 1)));
      return array;
    }
    ObjectNode object = JSON.objectNode();
    members(node, level).forEach((name, value) -> object.set(name, json(value, level + 1)));
    return object;
  }

  /** What a mapping says itself comes before what it merges. */
  private Map<String, YamlNode> members(YamlNode mapping, int level) {
    spend(level);
    Map<String, YamlNode> members = new LinkedHashMap<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!isMerge(entry.key()) && !isNull(entry.key())) {
        members.putIfAbsent(entry.key().text(), entry.value());
      }
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      if (isMerge(entry.key())) {
        YamlNode merged = entry.value();
        for (YamlNode each : merged.isSequence() ? merged.items() : List.of(merged)) {
          members(each, level + 1).forEach(members::putIfAbsent);
        }
      }
    }
    return members;
  }

  private static boolean isMerge(YamlNode key) {
    return key.isPlain() && key.text().equals("<<");
  }

  private static boolean isNull(YamlNode key) {
    return key.isScalar() && scalar(key).isNull();
  }

  private static JsonNode scalar(YamlNode node) {
    String text = node.text();
    boolean plain = node.tag().isEmpty() ? node.isPlain() : isResolved(node.tag());
    JsonNode value = plain ? plain(text) : null;
    return value == null ? JSON.textNode(text) : value;
  }

  private static boolean isResolved(String tag) {
    return switch (tag) {
      case "!!null", "!!bool", "!!int", "!!float" -> true;
      default -> false;
    };
  }

  private static @Nullable JsonNode plain(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> JSON.nullNode();
      case "true", "True", "TRUE" -> JSON.booleanNode(true);
      case "false", "False", "FALSE" -> JSON.booleanNode(false);
      // JSON has none of these: a number that no limit is about, and numbers beyond all limits.
      case ".nan", ".NaN", ".NAN" -> JSON.numberNode(1);
      case ".inf", ".Inf", ".INF", "+.inf" -> JSON.numberNode(BEYOND);
      case "-.inf", "-.Inf", "-.INF" -> JSON.numberNode(BEYOND.negate());
      default -> number(text);
    };
  }

  private static @Nullable JsonNode number(String text) {
    if (INTEGER.matcher(text).matches()) {
      return JSON.numberNode(new BigInteger(text));
    }
    if (OCTAL_OR_HEX.matcher(text).matches()) {
      return JSON.numberNode(new BigInteger(text.substring(2), text.charAt(1) == 'o' ? 8 : 16));
    }
    return FLOAT.matcher(text).matches() ? JSON.numberNode(Double.parseDouble(text)) : null;
  }
}
