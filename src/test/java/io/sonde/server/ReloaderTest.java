package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Probers;
import io.sonde.probe.Verdict;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloaderTest {
  private static final String ONE = "modules:\n  a:\n    prober: tcp\n";
  private static final String TWO = ONE + "  b:\n    prober: http\n";

  @TempDir private Path folder;
  private Path file;
  private Reloader reloader;

  @BeforeEach
  void setUp() {
    file = folder.resolve("blackbox.yml");
    reloader = reloader(ConfigSource.file(file.toString()));
  }

  @Test
  void aReloadReplacesTheTableAndKeepsUnchangedModules() throws Exception {
    Files.writeString(file, ONE);
    reloader.load();
    BoundModule before = reloader.table().find("a");
    Files.writeString(file, TWO);
    reloader.reload().join();
    assertSame(before, reloader.table().find("a"));
    assertNotNull(reloader.table().find("b"));
    assertEquals(2, reloader.config().modules().size());
  }

  @Test
  void anUnchangedFileCountsAsSuccessWithoutBeingParsed() throws Exception {
    Files.writeString(file, ONE);
    reloader.load();
    Object table = reloader.table();
    double at = reloader.status().succeededAtSeconds();
    reloader.load();
    assertSame(table, reloader.table());
    assertTrue(reloader.status().successful());
    assertTrue(reloader.status().succeededAtSeconds() >= at && at > 1e9);
  }

  @Test
  void aBrokenFileLeavesTheOldConfigurationAndNamesAllProblems() throws Exception {
    Files.writeString(file, ONE);
    reloader.load();
    Object table = reloader.table();
    double at = reloader.status().succeededAtSeconds();
    Files.writeString(file, "modules:\n  a:\n    prober: invalid\n    nope: 1\n");
    CompletionException error =
        assertThrows(CompletionException.class, () -> reloader.reload().join());
    String message = Reloader.message(error);
    assertTrue(message.startsWith("error parsing config file: "), message);
    assertTrue(message.contains("nope") && message.contains("prober 'invalid'"), message);
    assertSame(table, reloader.table());
    assertFalse(reloader.status().successful());
    assertEquals(at, reloader.status().succeededAtSeconds());
    Files.writeString(file, ONE);
    reloader.load();
    assertTrue(reloader.status().successful());
  }

  @Test
  void aMissingFileIsAnError() {
    ConfigException error = assertThrows(ConfigException.class, () -> reloader.load());
    assertTrue(String.valueOf(error.getMessage()).contains("no such file or directory"));
    assertNull(reloader.table().find("a"));
    assertFalse(reloader.status().successful());
  }

  @Test
  void anUnchangedModuleKeepsItsBoundFormWhereverItStands() throws Exception {
    Path other = folder.resolve("other.yml");
    Files.writeString(file, ONE);
    Files.writeString(other, "modules:\n  c:\n    prober: dns\n");
    Reloader all = reloader(ConfigSource.file(folder.toString()));
    all.load();
    BoundModule a = all.table().find("a");
    BoundModule c = all.table().find("c");
    assertNotNull(a);
    Files.writeString(other, ONE.replace("modules:", "# moved\nmodules:"));
    Files.writeString(file, "modules:\n  c:\n    prober: dns\n");
    all.load();
    assertSame(a, all.table().find("a"));
    assertSame(c, all.table().find("c"));
  }

  @Test
  void whichFileIsBadIsToldAlsoWhereNothingOfItIsLoaded() throws Exception {
    Files.writeString(file, ONE);
    Reloader all = reloader(ConfigSource.file(folder.toString()));
    all.load();
    Path other = Files.writeString(folder.resolve("other.yml"), "modules: {b: {prober: nope}}");
    assertThrows(ConfigException.class, all::load);
    assertEquals(Map.of(file.toString(), true, other.toString(), false), all.status().files());
    Files.delete(other);
    all.load();
    assertEquals(Map.of(file.toString(), true), all.status().files());
  }

  /** A context that is not let go would be native memory that nobody frees. */
  @Test
  void whatAReloadReplacesIsLetGo() throws Exception {
    try (Loops loops = Loops.start(1);
        Probers probers = new Probers(loops, 1 << 20)) {
      probers.prepare();
      Reloader real =
          new Reloader(
              ConfigSource.file(file.toString()),
              new Assembly(ConfigLoader::parse, false),
              probers::table,
              Runnable::run);
      List<WeakReference<BoundModule>> replaced = new ArrayList<>();
      BoundModule steady = null;
      for (int i = 0; i < 100; i++) {
        Files.writeString(file, tlsModules(i));
        real.load();
        BoundModule now = real.table().find("steady");
        if (i > 0) {
          assertSame(steady, now);
        }
        steady = now;
        replaced.add(new WeakReference<>(real.table().find("changing")));
      }
      probers.awaitReady(Duration.ofSeconds(20));
      long left = 100;
      for (int i = 0; i < 50 && left > 1; i++) {
        System.gc();
        left = replaced.stream().filter(module -> module.get() != null).count();
      }
      assertTrue(left <= 1, left + " are still there");
    }
  }

  private static String tlsModules(int number) {
    return "modules:\n"
        + "  steady: {prober: tcp, tcp: {tls: true, tls_config: {insecure_skip_verify: true}}}\n"
        + "  changing: {prober: tcp, tcp: {tls: true, tls_config: {min_version: TLS12,"
        + " insecure_skip_verify: true, server_name: n"
        + number
        + "}}}\n";
  }

  private static Reloader reloader(ConfigSource source) {
    return new Reloader(
        source, new Assembly(ConfigLoader::parse, false), ReloaderTest::table, Runnable::run);
  }

  @Test
  void builtInModulesLoad() throws Exception {
    Reloader builtIn = reloader(ConfigSource.BUILT_IN);
    builtIn.load();
    assertNotNull(builtIn.table().find("http_2xx"));
  }

  static ModuleTable table(Config config, ModuleTable previous) {
    return ModuleTable.bind(
        config,
        module ->
            new BoundModule(
                module, run -> CompletableFuture.completedFuture(Verdict.PASSED), List.of()),
        previous);
  }
}
