package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "NAME", "value",
          "EMPTY", "",
          "NULL", "null",
          "CODE", "200",
          "YES", "true",
          "TIME", "7s",
          "PASSWORD", "hun$1ter: #2",
          "PLAIN", "ordinary-text",
          "DEEP", "${NAME}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${NAME}|value",
        "a${NAME}b${NAME}c|avaluebvaluec",
        "${NONE:-other}|other",
        "${EMPTY:-other}|other",
        "${NAME:-other}|value",
        "${NONE:-}x|x",
        "$${NAME}|${NAME}",
        "$$${NAME}|$${NAME}",
        "${1} ${} ${ NAME} $NAME $|${1} ${} ${ NAME} $NAME $",
        "${DEEP}|${NAME}",
        "${NULL}|null",
      })
  void referencesBecomeValuesAndNothingElseChanges(String written, String meant) {
    HttpSpec http = load("http: {method: \"" + written + "\"}").http();
    assertEquals(meant, http.method());
  }

  @Test
  void withoutTheFlagReferencesAreText() {
    ModuleConfig module =
        ConfigFiles.only(ConfigFiles.load("modules: {a: {prober: http, http: {method: '${X}'}}}"));
    assertEquals("${X}", module.http().method());
  }

  @Test
  void valuesOfEveryTypeCanComeFromVariablesWithQuotesOrWithout() {
    ModuleConfig module =
        load(
            "timeout: ${TIME}\n    http: {valid_status_codes: [\"${CODE}\"], fail_if_ssl: '${YES}',"
                + " body_size_limit: \"${CODE}B\"}");
    assertEquals(Duration.ofSeconds(7), module.timeout());
    assertEquals(List.of(200), module.http().validStatusCodes());
    assertTrue(module.http().failIfSsl());
    assertEquals(200, module.http().bodySizeLimit());
  }

  @Test
  void aClaimInQuotesStaysText() {
    HttpSpec http =
        load("http: {oauth2: {client_id: a, token_url: 'http://x', claims: {n: '${CODE}', m:"
                + " 1}}}")
            .http();
    assertEquals(
        Map.of("n", "200", "m", 1L), Objects.requireNonNull(http.client().oauth2()).claims());
  }

  @Test
  void keysAndCommentsAreNotExpanded() {
    HttpSpec http = load("http: {headers: {'${NONE}': a}} # ${NONE}").http();
    assertEquals(Map.of("${NONE}", "a"), http.headers());
  }

  @Test
  void anUnsetVariableIsAProblemAtItsPlaceWithAHint() {
    ConfigException e = failure("http: {method: \"${NONE}\", body: '${NAME'}");
    Problem unset = e.problems().get(0);
    assertEquals("environment variable NONE is not set", unset.message());
    assertEquals(4, unset.line());
    assertEquals(20, unset.column());
    assertTrue(unset.hint().contains("${NONE:-default}"), unset.hint());
    assertTrue(e.problems().get(1).message().contains("not complete"));
  }

  @Test
  void groupsOfAnExpressionGoBeforeVariables() {
    String text =
        "tcp: {query_response: [{expect: 'x(?P<NAME>.)', send: '${NAME} ${PASSWORD} ${1} $$$${N}',"
            + " labels: [{name: a, value: '${NAME} ${PLAIN}'}]}, {send: '${NAME} $${N}"
            + " ${PASSWORD}'}]}";
    List<QueryResponse> steps = load(text).tcp().queryResponse();
    assertEquals("${NAME} hun$$1ter: #2 ${1} $$$${N}", steps.get(0).send().text());
    assertEquals(
        "${NAME} ordinary-text", Objects.requireNonNull(steps.get(0).labels()).get(0).value());
    assertEquals("value ${N} hun$1ter: #2", steps.get(1).send().text());
  }

  @Test
  void whatCameFromTheEnvironmentIsMaskedWhereItMayBeSecret() {
    ModuleConfig module =
        load(
            "http: {basic_auth: {password: '${PLAIN}'}, body: 'x=${PASSWORD}&y=${CODE}z',"
                + " headers: {X: 'is ${NAME}'}, method: '${NAME}'}");
    String printed = ConfigPrinter.print(module);
    assertTrue(printed.contains("password: <secret>"), printed);
    assertTrue(printed.contains("body: x=<secret>&y="), printed);
    assertTrue(printed.contains("X: is <secret>"), printed);
    assertFalse(printed.contains("hun"), printed);
    assertEquals("<secret> value", module.expanded().redaction().hide("ordinary-text value"));
  }

  @Test
  void messagesQuoteWhatIsWrittenAndNotTheValue() {
    ConfigException e =
        failure(
            "timeout: ${PASSWORD}\n    http: {valid_status_codes: ['${PASSWORD}'],"
                + " fail_if_body_matches_regexp: ['(${PASSWORD}'], proxy_url: ':${PASSWORD}',"
                + " body_size_limit: '${PASSWORD}', tls_config: {min_version: '${PASSWORD}'},"
                + " fail_if_body_json_matches_cel: '(${PASSWORD}', fail_if_ssl: '${PASSWORD}'}");
    assertEquals(8, e.problems().size());
    assertFalse(String.valueOf(e.getMessage()).contains("ter: #2"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("${PASS"), e.getMessage());
  }

  @Test
  void twinsOfSecretsAreKnownWithTheFlagOnly() {
    String text =
        "http: {proxy_url_file: /p, proxy_connect_header_file: {X-A: [/a], X-B: [/b]},"
            + " proxy_connect_header: {X-C: [c]}}";
    ProxySpec proxy = load(text).http().client().proxy();
    assertEquals("/p", proxy.urlFile());
    assertEquals(Map.of("X-A", List.of("/a"), "X-B", List.of("/b")), proxy.connectHeaderFiles());
    assertTrue(proxy.isConfigured() && proxy.isInFiles());
    ConfigException e = ConfigFiles.problemsOf(module(text));
    assertTrue(String.valueOf(e.getMessage()).contains("known with --config.expand-env"));
  }

  @Test
  void aSecretAndItsTwinExcludeEachOther() {
    ConfigException e =
        failure(
            "http: {proxy_url: 'http://p', proxy_url_file: /p, proxy_connect_header: {X: [a]},"
                + " proxy_connect_header_file: {X: [/a]}}");
    assertEquals(
        List.of(
            "at most one of proxy_url & proxy_url_file must be configured",
            "at most one of proxy_connect_header & proxy_connect_header_file must be configured for"
                + " header \"X\""),
        e.problems().stream().map(Problem::message).toList());
  }

  private static ModuleConfig load(String block) {
    try {
      return ConfigFiles.only(parse(block));
    } catch (ConfigException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static ConfigException failure(String block) {
    return assertThrows(ConfigException.class, () -> parse(block));
  }

  private static Config parse(String block) throws ConfigException {
    LoadRules rules = new LoadRules(Variables.of(ENVIRONMENT), FileFolders.ANY, false);
    return ConfigFiles.parse(module(block), rules);
  }

  private static String module(String block) {
    return "modules:\n  a:\n    prober: http\n    " + block + "\n";
  }
}
