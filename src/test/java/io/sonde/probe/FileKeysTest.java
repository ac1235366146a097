package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.FileFolders;
import io.sonde.config.FileKeys;
import io.sonde.config.FileKeys.FileKey;
import io.sonde.config.LoadRules;
import io.sonde.config.ModuleConfig;
import io.sonde.config.PolicyPreset;
import io.sonde.config.ProberKind;
import io.sonde.config.Problem;
import io.sonde.config.Variables;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key that names a file can be made to do, for every such key there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileKeysTest {
  private static final int MAX_BODY_BYTES = 1 << 20;

  /** Far less than a probe that waits for its deadline would take. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Path folder;
  private final Loops loops = Loops.start(1);
  private ServerSocket server;
  private ServerSocketChannel door;
  private Path inside;
  private Path outside;

  @BeforeAll
  void setUp(@TempDir Path temporary) throws Exception {
    folder = temporary;
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    door.bind(UnixDomainSocketAddress.of(folder.resolve("door")), 200);
    inside = Files.createDirectory(folder.resolve("inside"));
    outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(inside.resolve("good"), "x");
    Files.writeString(outside.resolve("secret"), "x");
    Files.createSymbolicLink(inside.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(inside.resolve("loop"), Path.of("loop"));
    Files.createDirectory(inside.resolve("directory"));
    try (RandomAccessFile huge = new RandomAccessFile(inside.resolve("huge").toFile(), "rw")) {
      huge.setLength(1L << 40);
    }
    String fifo = inside.resolve("fifo").toString();
    assertEquals(0, new ProcessBuilder("mkfifo", fifo).start().waitFor());
  }

  @AfterAll
  void tearDown() throws Exception {
    loops.close();
    server.close();
    door.close();
  }

  List<FileKey> keys() {
    return FileKeys.all(folder.resolve("inside/good").toString());
  }

  @Test
  void theSchemaIsWalkedToItsEnds() {
    List<String> paths = keys().stream().map(FileKey::path).toList();
    assertTrue(
        paths.containsAll(
            List.of(
                "modules.m.http.body_file",
                "modules.m.http.oauth2.tls_config.key_password_file",
                "modules.m.http.http_headers.X-Test.files[0]",
                "modules.m.websocket.http_config.basic_auth.username_file",
                "modules.m.websocket.headers.X-Test.files[0]",
                "modules.m.http.proxy_connect_header_file.X-Test[0]",
                "modules.m.dns.tls_config.ca_file")),
        () -> String.join("\n", paths));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void whatCannotBeReadFailsTheProbeAtOnceAndIsNamed(FileKey key) throws Exception {
    Map<String, String> reasons =
        Map.of(
            "dangling", "no such file or directory",
            "loop", "oo many levels of symbolic links",
            "directory", "is a directory",
            "fifo", "not a regular file",
            "huge", "larger than 1048576 bytes");
    try (Probers probers = new Probers(loops, MAX_BODY_BYTES)) {
      for (Map.Entry<String, String> entry : reasons.entrySet()) {
        String file = inside.resolve(entry.getKey()).toString();
        assertFails(probers, key, file, file, entry.getValue());
      }
      assertFails(probers, key, "/dev/zero", "/dev/zero", "not a regular file");
      assertFails(probers, key, "a\\0b", "a\\0b", "no name of a file");
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aFileOutsideTheFoldersIsAProblemInItsPlace(FileKey key) {
    for (String file :
        List.of(
            outside + "/secret",
            inside + "/../outside/secret",
            inside + "/../outside/not-there",
            "/etc/hostname")) {
      String text = key.naming(file);
      ConfigException e =
          assertThrows(ConfigException.class, () -> load(text, FileFolders.of(List.of(inside))));
      Problem problem = e.problems().get(0);
      assertEquals(key.path(), problem.path());
      assertEquals(1, problem.line());
      assertEquals(key.before().length() + 1, problem.column());
      assertTrue(problem.message().contains("outside the folders"), problem.message());
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aLinkThatLeadsOutLaterFailsTheProbe(FileKey key) throws Exception {
    FileFolders folders = FileFolders.of(List.of(inside));
    Path link = inside.resolve("link");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of("good"));
    try (Probers probers = new Probers(loops, MAX_BODY_BYTES, folders, PolicyPreset.OFF)) {
      Prober prober = bind(probers, key.naming(link.toString()), folders);
      Files.delete(link);
      Files.createSymbolicLink(link, outside.resolve("secret"));
      assertFails(prober, key, link.toString(), "outside the folders");
    }
  }

  private void assertFails(Probers probers, FileKey key, String file, String shown, String reason)
      throws Exception {
    assertFails(bind(probers, key.naming(file), FileFolders.ANY), key, shown, reason);
  }

  private void assertFails(Prober prober, FileKey key, String shown, String reason)
      throws Exception {
    CompletableFuture<ProbeResult> ended = new CompletableFuture<>();
    ProbeRequest request =
        new ProbeRequest(
            ModuleConfig.empty("m"), target(key.prober()), null, LIMIT.multipliedBy(2));
    loops.next().execute(() -> ProbeRun.start(0, request, prober, loops.next(), ended::complete));
    Verdict verdict = ended.get(LIMIT.toSeconds(), TimeUnit.SECONDS).verdict();
    Failure failure = Objects.requireNonNull(verdict.failure(), () -> key + " passed");
    String told = key + ": " + failure;
    assertEquals(Reason.CONFIG, failure.reason(), told);
    assertTrue(failure.message().contains(shown), told);
    assertTrue(failure.message().contains(reason), told);
  }

  private String target(ProberKind prober) {
    String address = "127.0.0.1:" + server.getLocalPort();
    return switch (prober) {
      case HTTP -> "http://" + address;
      case WEBSOCKET -> "ws://" + address;
      case UNIX -> folder.resolve("door").toString();
      default -> address;
    };
  }

  private static Prober bind(Probers probers, String text, FileFolders folders) throws Exception {
    return probers.bind(Objects.requireNonNull(load(text, folders).modules().get("m"))).prober();
  }

  private static Config load(String text, FileFolders folders) throws ConfigException {
    LoadRules rules = new LoadRules(Variables.of(Map.of()), folders, false);
    return ConfigLoader.parse("m.yml", text.getBytes(StandardCharsets.UTF_8), rules);
  }
}
