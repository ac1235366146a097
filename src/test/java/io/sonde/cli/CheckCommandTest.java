package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String UNUSABLE =
      """
      modules:
        web:
          prober: http
          http:
            method: NO TOKEN
      """;

  @TempDir Path directory;

  private final Terminal terminal = Terminal.plain();

  @Test
  void aFileWithoutProblemsIsOk() throws IOException {
    assertEquals(0, check("modules:\n  tcp:\n    prober: tcp\n"));
    assertEquals("1 file checked: no problems: ok\n", terminal.output());
  }

  @Test
  void everyProblemIsShownInItsPlaceWithoutSecrets() throws IOException {
    int code =
        check(
            """
            modules:
              web:
                prober: http
                http:
                  metod: GET
                  basic_auth: {username: a, password: hunter2, pass_word: x}
                  headers:
                    Authorization: [hunter2]
                timeout: 5
            """);
    assertEquals(1, code);
    assertEquals(
        """
        c.yml:5:7: error: modules.web.http.metod: field metod not found in type config.plain
             5 |       metod: GET
               |       ^
                 did you mean method?
        c.yml:6:52: error: modules.web.http.basic_auth.pass_word: \
        field pass_word not found in type config.plain
             6 |       basic_auth: {username: a, password: <secret>
               |                                                   ^
                 did you mean password?
        c.yml:8:24: error: modules.web.http.headers.Authorization: \
        cannot unmarshal !!seq into string
             8 |         Authorization: <secret>
               |                        ^
                 expected string
        c.yml:9:14: error: modules.web.timeout: cannot unmarshal !!int `5` into time.Duration
             9 |     timeout: 5
               |              ^
                 expected duration; did you mean 5s?
        1 file checked: 4 errors, 0 warnings, 0 unusable: not ok
        """,
        shown());
  }

  @Test
  void whatCannotWorkIsToldInItsPlaceAndFailsOnlyWhenStrict() throws IOException {
    assertEquals(0, check(UNUSABLE));
    assertTrue(
        shown().startsWith("c.yml:5:15: unusable: modules.web.http.method: "), terminal.output());
    assertTrue(shown().contains("     5 |       method: NO TOKEN\n       |               ^\n"));
    assertTrue(shown().endsWith("1 file checked: 0 errors, 0 warnings, 1 unusable: ok\n"));
    assertEquals(1, check(UNUSABLE, "--strict"));
    assertTrue(shown().endsWith(": not ok\n"), terminal.output());
  }

  @Test
  void filesThatModulesNeedAndThatAreMissingAreWarnedOf() throws IOException {
    Path there = Files.writeString(directory.resolve("there.pem"), "");
    String text =
        """
        modules:
          web:
            prober: http
            http:
              body_file: /nope/body
              tls_config: {ca_file: /nope/ca.pem, cert_file: %1$s, key_file: %1$s}
          unused:
            prober: tcp
            http: {body_file: /nope/too}
        """
            .formatted(there);
    assertEquals(0, check(text));
    assertTrue(
        shown().startsWith("c.yml:5:18: warning: modules.web.http.body_file: no such file: /nope"),
        terminal.output());
    assertTrue(
        shown().contains("c.yml:6:29: warning: modules.web.http.tls_config.ca_file: no such file"),
        terminal.output());
    assertTrue(shown().endsWith("1 file checked: 0 errors, 2 warnings, 0 unusable: ok\n"));
  }

  @Test
  void filesOfAFolderAreCheckedTogetherAndOthersEachOnItsOwn() throws IOException {
    String one = "modules:\n  web:\n    prober: http\n";
    Path a = Files.writeString(directory.resolve("a.yml"), one);
    Path b = Files.writeString(directory.resolve("b.yml"), one);
    assertEquals(0, terminal.runs("check", a.toString(), b.toString()));
    assertEquals(1, terminal.runs("check", directory.toString()));
    String twice = ":2:3: error: modules.web: module \"web\" is already defined in ";
    assertTrue(terminal.output().contains(b + twice + a + ":2:3\n"), terminal.output());
    assertTrue(terminal.output().contains("2 files checked: 1 error"), terminal.output());
    assertEquals(1, terminal.runs("check", "--config.file=" + a, "--config.file=" + b));
    assertEquals(2, terminal.runs("check"));
  }

  @Test
  void whatTheOperatorForbidsOrLacksIsToldInItsPlace() throws IOException {
    String text = "modules:\n  web:\n    prober: http\n    http: {body_file: /etc/hostname}\n";
    assertEquals(1, check(text, "--config.files-below=/nowhere"));
    assertTrue(shown().startsWith("c.yml:4:23: error: modules.web.http.body_file: the file lies"));
    String unset = "modules:\n  web:\n    prober: http\n    timeout: ${SONDE_NOT_SET}\n";
    assertEquals(1, check(unset, "--config.expand-env"));
    assertTrue(shown().startsWith("c.yml:4:14: error: modules.web.timeout: environment variable"));
  }

  @Test
  void aQuoteThatIsNeverClosedIsShownWhereItOpens() throws IOException {
    assertEquals(1, check("modules:\n  web:\n    prober: \"http\n    timeout: 5s\n"));
    assertTrue(
        shown()
            .startsWith(
                """
                c.yml:3:13: error: yaml: line 3: found unexpected end of stream: \
                the quote that opens here is never closed
                     3 |     prober: "http
                       |             ^
                """),
        terminal.output());
  }

  @Test
  void aMissingFileIsOneLine() {
    String name = directory.resolve("nope.yml").toString();
    assertEquals(1, terminal.runs("check", name));
    assertEquals(
        name
            + ": error: open "
            + name
            + ": no such file or directory\n"
            + "1 file checked: 1 error, 0 warnings, 0 unusable: not ok\n",
        terminal.output());
  }

  @Test
  void problemsAreAListInJson() throws IOException {
    assertEquals(1, check("modules:\n  web:\n    prober: htp\n", "--json"));
    assertTrue(
        shown().startsWith("[{\"file\":\"c.yml\",\"line\":3,\"column\":13,\"severity\":\"error\","),
        terminal.output());
    assertTrue(shown().contains("\"source\":\"    prober: htp\"}]"), terminal.output());
    assertEquals(0, check("modules: {}\n", "--json"));
    assertEquals("[]\n", terminal.output());
  }

  @Test
  void thousandsOfErrorsAreCounted() throws IOException {
    StringBuilder text = new StringBuilder("modules:\n");
    for (int i = 0; i < 1_500; i++) {
      text.append("  m").append(i).append(":\n    prober: tcp\n    nope: 1\n");
    }
    assertEquals(1, check(text.toString()));
    assertTrue(shown().contains("c.yml: and 1,300 more errors\n"), terminal.output());
    assertTrue(shown().endsWith("1 file checked: 1,500 errors, 0 warnings, 0 unusable: not ok\n"));
  }

  @Test
  void longLinesAreCutAroundTheCaretAndTabsKeepItInPlace() {
    Excerpt excerpt =
        new Excerpt(
            Terminal.plain().with("COLUMNS", "40").screen(),
            List.of("a: " + "x".repeat(100) + "! " + "y".repeat(100), "\ta\t\u001bb: c"));
    for (String line : excerpt.at(1, 104).lines().toList()) {
      assertTrue(line.length() <= 40, line);
    }
    String[] rows = excerpt.at(1, 104).split("\n", -1);
    assertEquals('!', rows[0].charAt(rows[1].indexOf('^')));
    String[] tabs = excerpt.at(2, 5).split("\n", -1);
    assertEquals('b', tabs[0].charAt(tabs[1].indexOf('^')));
    assertFalse(tabs[0].contains("\u001b"));
    assertEquals("", excerpt.at(9, 1));
  }

  private int check(String text, String... flags) throws IOException {
    Path file = Files.writeString(directory.resolve("c.yml"), text);
    String[] words = new String[flags.length + 2];
    words[0] = "check";
    System.arraycopy(flags, 0, words, 1, flags.length);
    words[words.length - 1] = file.toString();
    return terminal.runs(words);
  }

  private String shown() {
    return terminal.output().replace(directory.resolve("c.yml").toString(), "c.yml");
  }
}
