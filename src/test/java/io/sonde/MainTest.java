package io.sonde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as a whole: its exit codes, its last words, its signals. */
class MainTest {
  private static final Pattern LISTENING =
      Pattern.compile("msg=\"Listening on\" address=127\\.0\\.0\\.1:(\\d+)");
  private static final String ANY_PORT = "--web.listen-address=127.0.0.1:0";

  @TempDir private Path folder;
  private final List<Process> children = new ArrayList<>();

  @AfterEach
  void end() {
    children.forEach(Process::destroyForcibly);
  }

  @Test
  void aUsageErrorIsOneLineAndExitCode1() throws Exception {
    assertFails("sonde: error: unknown long flag '--nope', try --help\n", "--nope");
  }

  @Test
  void helpIsNoError() throws Exception {
    Process child = start("--help");
    String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(out.startsWith("usage: sonde [<flags>]"), out);
    assertEquals(0, child.waitFor());
  }

  @Test
  void aMissingFileThatWasAskedForIsAnError() throws Exception {
    String log =
        assertFails("no such file or directory", "--config.file=" + folder.resolve("none.yml"));
    assertTrue(log.contains("advice=\"name a file that exists"), log);
  }

  @Test
  void aBrokenFileIsRefusedWithAllItsProblems() throws Exception {
    Path file = folder.resolve("broken.yml");
    Files.writeString(file, "modules:\n  a:\n    prober: x\n    nope: 1\n");
    String log = assertFails("msg=\"Error loading config\"", "--config.file=" + file);
    assertTrue(log.contains("prober 'x' is not valid") && log.contains("field nope"), log);
    assertFails("Error loading config", "--config.check", "--config.file=" + file);
  }

  @Test
  void aCheckIsStricterThanLoading() throws Exception {
    Path file = folder.resolve("idle.yml");
    Files.writeString(file, "modules: {a: {prober: tcp}}");
    Process child = start("--config.check", "--config.file=" + file);
    String log = new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(log.contains("Config file is ok exiting..."), log);
    assertEquals(0, child.waitFor());
    Files.writeString(file, "modules: {a: }");
    assertFails("msg=\"Error in config\" err=", "--config.check", "--config.file=" + file);
  }

  @Test
  void aPortInUseIsOneClearLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String log =
          assertFails(
              "msg=\"Error starting HTTP server\" err=\"listen tcp 127.0.0.1:",
              "--web.listen-address=127.0.0.1:" + taken.getLocalPort());
      assertTrue(log.contains("Address already in use"), log);
      assertTrue(log.contains("advice=\"another process listens there"), log);
    }
  }

  @Test
  void aBadWebConfigIsRefusedWithAllItsProblems() throws Exception {
    Path file = folder.resolve("web.yml");
    Files.writeString(
        file, "basic_auth_users: {a: hunter2}\ntls_server_config: {cert_file: none.crt}\n");
    for (String[] flags : new String[][] {{ANY_PORT}, {"--config.check"}}) {
      String log =
          assertFails("msg=\"Error loading web config\"", flags[0], "--web.config.file=" + file);
      assertTrue(log.contains("not a bcrypt hash") && log.contains("missing one of key"), log);
      assertFalse(log.contains("hunter2"), log);
    }
  }

  @Test
  void hangupReloadsAndTermEndsInPeace() throws Exception {
    Path file = folder.resolve("c.yml");
    Files.writeString(file, "modules: {a: {prober: tcp}}");
    Process child = start(ANY_PORT, "--config.file=" + file, "--config.enable-auto-reload");
    try (BufferedReader log = child.errorReader(StandardCharsets.UTF_8)) {
      int port = awaitPort(log);
      Files.writeString(file, "modules: {b: {prober: tcp}}");
      signal(child, "HUP");
      awaitLine(log, "msg=\"Reloaded config file\"");
      HttpClient client = HttpClient.newHttpClient();
      assertTrue(get(client, port, "/config").contains("b:"));
      assertTrue(
          get(client, port, "/probe?module=b&target=127.0.0.1:" + port)
              .contains("probe_success 1"));
      signal(child, "TERM");
      awaitLine(log, "Received SIGTERM, exiting gracefully...");
      assertTrue(child.waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, child.exitValue());
    }
  }

  @Test
  void withoutAFileTheBuiltInModulesServe() throws Exception {
    Process child = start(ANY_PORT, "--log.format=json");
    try (BufferedReader log = child.errorReader(StandardCharsets.UTF_8)) {
      assertTrue(awaitLine(log, "Loaded config file").contains("\"file\":\"built-in modules\""));
      assertTrue(awaitLine(log, "transport").contains("\"quic\":\"unused\""));
    }
  }

  private String assertFails(String words, String... flags) throws Exception {
    Process child = start(flags);
    String log = new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(log.contains(words), log);
    assertFalse(log.contains("\tat "), log);
    assertEquals(1, child.waitFor());
    return log;
  }

  private Process start(String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add("io.sonde.Main");
    command.addAll(List.of(flags));
    Process child = new ProcessBuilder(command).directory(folder.toFile()).start();
    children.add(child);
    return child;
  }

  private static int awaitPort(BufferedReader log) throws IOException {
    Matcher matcher = LISTENING.matcher(awaitLine(log, "Listening on"));
    assertTrue(matcher.find());
    return Integer.parseInt(matcher.group(1));
  }

  private static String awaitLine(BufferedReader log, String words) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains(words)) {
        return line;
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("never said " + words + ", but:\n" + seen);
  }

  private static void signal(Process child, String name) throws Exception {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + name, String.valueOf(child.pid())).start().waitFor());
  }

  private static String get(HttpClient client, int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
