package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every key of the schemas, with every spelling of a value, loads if and only if it is right. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SchemaAgreementTest {
  private static final String HASH = WebConfigFiles.HASH;

  private static final List<String> VALUES =
      List.of(
          "a",
          "''",
          "~",
          "Null",
          "a b",
          "http",
          "MX",
          "NULL",
          "IN",
          "TLS12",
          "RS256",
          "deny",
          "nosniff",
          "CurveP256",
          "TLS_AES_128_GCM_SHA256",
          "RequestClientCert",
          "true",
          "'true'",
          "TRUE",
          "yes",
          "'no'",
          "Off",
          "off",
          "y",
          "0",
          "'0'",
          "-0",
          "5",
          "'5'",
          "-1",
          "1.5",
          ".5",
          "5.",
          "+3",
          "1e2",
          "08",
          "017",
          "0o17",
          "0x1F",
          "-0x1F",
          "0X1F",
          "0b11",
          "1_000",
          "1_0.5",
          "443",
          "65536",
          "8000-8099",
          "1:30",
          ".inf",
          "-.inf",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551616",
          "5s",
          "1m30s",
          "-2h",
          "1.5µs",
          "5S",
          "5 s",
          "1d",
          "0s",
          "293y",
          "10MiB",
          "1GB500MB",
          "1KiB1MB",
          "1kB",
          "-1B",
          "1.B",
          ".B",
          "2001-01-01",
          "10.0.0.0/8",
          "'::1'",
          "http://a:1",
          "^a+$",
          "body.x == 1",
          "[]",
          "[a]",
          "[1, ~, 2]",
          "[[a]]",
          "{}",
          "{a: b}",
          "{a: ~}",
          "{a: [b]}",
          "{a: {b: c}}",
          "!!binary gIGC",
          HASH,
          "!!str 5",
          "!!int '7'",
          "!!float 1",
          "!mine y",
          "'a\n\n  b'",
          "'${NAME}'",
          "'${NONE:-1}'",
          "'${1}'");

  /** What keys need beside them, so that nothing but their own value is judged. */
  private static final Map<String, String> COMPANIONS =
      Map.ofEntries(
          Map.entry("no_proxy", "proxy_url: 'http://a', "),
          Map.entry("proxy_connect_header", "proxy_url: 'http://a', "),
          Map.entry("proxy_connect_header_file", "proxy_url: 'http://a', "),
          Map.entry("cert", "key: a, "),
          Map.entry("cert_file", "key: a, "),
          Map.entry("cert_ref", "key: a, "),
          Map.entry("key", "cert: a, "),
          Map.entry("key_file", "cert: a, "),
          Map.entry("key_ref", "cert: a, "),
          Map.entry("client_ca", "cert: a, key: b, client_auth_type: RequestClientCert, "),
          Map.entry("client_ca_file", "cert: a, key: b, client_auth_type: RequestClientCert, "),
          Map.entry(
              "client_allowed_sans", "cert: a, key: b, client_auth_type: RequireAnyClientCert, "),
          Map.entry("client_auth_type", "cert: a, key: b, "),
          Map.entry("enable_http3", "enable_http2: false, "));

  private static final Map<String, String> REQUIRED =
      Map.of("prober", "tcp", "header", "a", "regexp", "a", "client_id", "a", "token_url", "a");

  private static final String REFERENCE = "$ref";
  private static final String ROOT = "#";

  /** Loads a file, or says why not. */
  private interface Loader {
    void load(String file) throws ConfigException;
  }

  private final Set<String> blocks = new HashSet<>();
  private final Set<String> neverRight = new TreeSet<>();
  private final Set<String> neverWrong = new TreeSet<>();
  private final List<String> disagreements = new ArrayList<>();
  private int keys;

  @Test
  void everyValueOfEveryKeyOfModules() {
    Variables variables = Variables.of(Map.of("NAME", "7"));
    LoadRules expanding = new LoadRules(variables, FileFolders.ANY, false);
    tryAll(
        ConfigSchema.ofModules(),
        SchemaJudge.OF_MODULES,
        file -> {
          byte[] content = file.getBytes(StandardCharsets.UTF_8);
          try {
            ConfigLoader.parse("sonde.yml", content);
          } catch (ConfigException failure) {
            if (!file.contains("${") && !file.contains("_file: ")) {
              throw failure;
            }
            ConfigLoader.parse("sonde.yml", content, expanding);
          }
        });
    assertTrue(keys > 120, keys + " keys");
  }

  @Test
  void everyValueOfEveryKeyOfTheWebServer() {
    Path name = Path.of("web.yml");
    tryAll(
        ConfigSchema.ofWebServer(),
        SchemaJudge.OF_WEB_SERVER,
        file -> WebConfigLoader.parse(name, file.getBytes(StandardCharsets.UTF_8)));
    assertTrue(keys > 20, keys + " keys");
  }

  private void tryAll(Map<String, Object> schema, SchemaJudge judge, Loader loader) {
    JsonNode root = new ObjectMapper().valueToTree(schema);
    tryBlock(root, root, UnaryOperator.identity(), file -> tryFile(file, judge, loader));
    assertEquals(List.of(), disagreements.stream().limit(20).toList());
    assertEquals(Set.of(), neverRight);
    assertEquals(Set.of(), neverWrong);
  }

  /** Tries a block and whatever stands in it; {@code file} puts a text in its place. */
  private void tryBlock(
      JsonNode root, JsonNode block, UnaryOperator<String> file, Function<String, Boolean> tried) {
    for (Map.Entry<String, JsonNode> property : block.get("properties").properties()) {
      String companions = companions(property.getKey(), block.path("required"));
      UnaryOperator<String> place =
          value -> file.apply("{" + companions + property.getKey() + ": " + value + "}");
      tryKey(property.getKey(), forms(property.getValue()), place, tried);
      descend(root, property.getValue(), place, tried);
    }
  }

  private static String companions(String key, JsonNode required) {
    StringBuilder text = new StringBuilder(COMPANIONS.getOrDefault(key, ""));
    for (JsonNode other : required) {
      if (!other.asText().equals(key)) {
        text.append(other.asText()).append(": ").append(REQUIRED.get(other.asText())).append(", ");
      }
    }
    return text.toString();
  }

  private void descend(
      JsonNode root, JsonNode value, UnaryOperator<String> file, Function<String, Boolean> tried) {
    String reference = value.path(REFERENCE).asText(ROOT);
    JsonNode definition = reference.equals(ROOT) ? value : root.at(reference.substring(1));
    if (value.has("items")) {
      descend(root, value.get("items"), text -> file.apply("[" + text + "]"), tried);
    } else if (value.path("additionalProperties").isObject()) {
      JsonNode values = value.get("additionalProperties");
      descend(root, values, text -> file.apply("{n: " + text + "}"), tried);
    } else if (definition.has("properties") && isNew(reference)) {
      tryBlock(root, definition, file, tried);
    }
  }

  /** Whether a block is to be tried: wherever it stands by itself, and once by its name. */
  private boolean isNew(String reference) {
    return reference.equals(ROOT) || blocks.add(reference);
  }

  /** A value by itself and, where the key takes them, in a list or a map. */
  private static List<String> forms(JsonNode property) {
    if (property.has("items")) {
      return List.of("%s", "[%s]");
    }
    JsonNode values = property.path("additionalProperties");
    if (values.has("items")) {
      return List.of("%s", "{n: %s}", "{n: [%s]}");
    }
    return values.isObject() ? List.of("%s", "{n: %s}") : List.of("%s");
  }

  private void tryKey(
      String key,
      List<String> forms,
      UnaryOperator<String> place,
      Function<String, Boolean> tried) {
    boolean right = false;
    boolean wrong = false;
    for (String value : VALUES) {
      for (String form : forms) {
        boolean loaded = tried.apply(place.apply(form.replace("%s", value)));
        right |= loaded;
        wrong |= !loaded;
      }
    }
    keys++;
    if (!right) {
      neverRight.add(place.apply("..."));
    }
    if (!wrong) {
      neverWrong.add(key);
    }
  }

  /** Whether a file loads; it is noted if the schema does not say the same. */
  private boolean tryFile(String file, SchemaJudge judge, Loader loader) {
    boolean loads = true;
    List<String> wrong = List.of();
    try {
      loader.load(file);
      wrong = judge.disagreement(file, null);
    } catch (ConfigException failure) {
      loads = false;
      wrong = judge.disagreement(file, failure);
    }
    disagreements.addAll(wrong);
    return loads;
  }
}
