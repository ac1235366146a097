package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    reloader =
        new Reloader(
            ConfigSource.file(file.toString()),
            new Assembly(ConfigLoader::parse, false),
            module ->
                new BoundModule(
                    module, run -> CompletableFuture.completedFuture(Verdict.PASSED), List.of()),
            Runnable::run);
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
  void builtInModulesLoad() throws Exception {
    Reloader builtIn =
        new Reloader(
            ConfigSource.BUILT_IN,
            new Assembly(ConfigLoader::parse, false),
            module ->
                new BoundModule(
                    module, run -> CompletableFuture.completedFuture(Verdict.PASSED), List.of()),
            Runnable::run);
    builtIn.load();
    assertNotNull(builtIn.table().find("http_2xx"));
  }
}
