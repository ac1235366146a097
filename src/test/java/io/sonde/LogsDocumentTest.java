package io.sonde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.telemetry.WebStats.HandshakeFailure;
import io.sonde.telemetry.WebStats.LoginFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every message of level info and above stands in docs/logs.md, with its keys, and no other does.
 */
class LogsDocumentTest {
  private static final Path DOCUMENT = Path.of("docs", "logs.md");
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final String TEXT = "\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+)";

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| (INFO|WARN|ERROR) \\| `(.+?)` \\| (.*?) ?\\| .*\\|$", Pattern.MULTILINE);
  private static final Pattern DIRECT = Pattern.compile("logger\\s*\\.(info|warn|error)" + TEXT);
  private static final Pattern BUILT =
      Pattern.compile("\\.at(Info|Warn|Error)\\(\\)([^;]*?)\\.log" + TEXT + "\\)");
  private static final Pattern FATAL = Pattern.compile("new StartupException" + TEXT);
  private static final Pattern BUG = Pattern.compile("BugReport[^;]*?\\.write" + TEXT);
  private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*\"(\\w+)\"");
  private static final Pattern PIECE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @Test
  void everyMessageIsDocumentedAndNoOther() {
    Map<String, Set<String>> written = written();
    Map<String, String> documented = documented();
    assertEquals(
        String.join("\n", written.keySet()),
        String.join("\n", documented.keySet()),
        "the messages of the program and the table in " + DOCUMENT);
    written.forEach(
        (message, keys) ->
            keys.forEach(
                key ->
                    assertTrue(
                        documented.getOrDefault(message, "").contains("`" + key + "`"),
                        () -> DOCUMENT + ": " + message + " has the key " + key)));
  }

  private static Map<String, String> documented() {
    Map<String, String> rows = new TreeMap<>();
    ROW.matcher(read(DOCUMENT))
        .results()
        .forEach(row -> rows.put(row.group(1) + ' ' + row.group(2), row.group(3)));
    return rows;
  }

  private static Map<String, Set<String>> written() {
    Map<String, Set<String>> messages = new TreeMap<>();
    messages.put("WARN Further records left out", Set.of("message", "count"));
    messages.put("WARN Refused logins", keys(LoginFailure.values()));
    messages.put("WARN TLS handshakes failed", keys(HandshakeFailure.values()));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.filter(file -> file.toString().endsWith(".java")).forEach(file -> add(file, messages));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }

  private static Set<String> keys(Enum<?>[] counted) {
    Set<String> keys = new TreeSet<>(Set.of("latest_from"));
    Stream.of(counted).map(kind -> kind.name().toLowerCase(Locale.ROOT)).forEach(keys::add);
    return keys;
  }

  private static void add(Path file, Map<String, Set<String>> to) {
    String source = read(file);
    each(DIRECT, source, found -> found.group(1).toUpperCase(Locale.ROOT), 2, 0, to);
    each(BUILT, source, found -> found.group(1).toUpperCase(Locale.ROOT), 3, 2, to);
    each(FATAL, source, found -> "ERROR", 1, 0, to);
    each(BUG, source, found -> "ERROR", 1, 0, to);
  }

  private static void each(
      Pattern form,
      String source,
      Function<MatchResult, String> level,
      int text,
      int chain,
      Map<String, Set<String>> to) {
    Matcher found = form.matcher(source);
    while (found.find()) {
      String message =
          PIECE
              .matcher(found.group(text))
              .results()
              .map(p -> p.group(1))
              .collect(Collectors.joining());
      Set<String> keys =
          to.computeIfAbsent(level.apply(found) + ' ' + message, key -> new TreeSet<>());
      if (chain > 0) {
        KEY.matcher(found.group(chain)).results().forEach(key -> keys.add(key.group(1)));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
