package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Texts of configurations, loaded as a file called {@code sonde.yml}. */
final class ConfigFiles {
  private ConfigFiles() {}

  static Config load(String text) {
    try {
      return parse(text, LoadRules.USUAL);
    } catch (ConfigException failure) {
      throw new AssertionError(failure.getMessage(), failure);
    }
  }

  static String failureOf(String text) {
    return Objects.requireNonNull(problemsOf(text).getMessage());
  }

  static ConfigException problemsOf(String text) {
    return assertThrows(ConfigException.class, () -> parse(text, LoadRules.USUAL));
  }

  /** Loads a text, and claims that its schema says the same of it. */
  static Config parse(String text, LoadRules rules) throws ConfigException {
    try {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      Config config = ConfigLoader.parse("sonde.yml", content, rules);
      SchemaJudge.OF_MODULES.judge(text, null);
      return config;
    } catch (ConfigException failure) {
      SchemaJudge.OF_MODULES.judge(text, failure);
      throw failure;
    }
  }

  static List<Problem> warningsOf(String text) {
    return load(text).warnings();
  }

  /** The module {@code m} of that prober, whose block has these lines. */
  static String moduleText(String prober, String lines) {
    String block = lines.isBlank() ? "    " + prober + ": {}\n" : "    " + prober + ":\n";
    return "modules:\n  m:\n    prober: " + prober + "\n" + block + lines.indent(6);
  }

  static ModuleConfig module(String prober, String lines) {
    return only(load(moduleText(prober, lines)));
  }

  static HttpSpec http(String lines) {
    return module("http", lines).http();
  }

  static ModuleConfig only(Config config) {
    return config.modules().values().iterator().next();
  }
}
