package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoReloadTest {
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final String ONE = "modules: {one: {prober: tcp}}";
  private static final String TWO = "modules: {two: {prober: tcp}}";

  @TempDir private Path folder;
  private final AtomicInteger parsed = new AtomicInteger();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private Path file;
  private Reloader reloader;
  private AutoReload auto;

  @BeforeEach
  void setUp() throws Exception {
    file = Files.writeString(folder.resolve("blackbox.yml"), ONE);
    reloader =
        new Reloader(
            ConfigSource.file(folder.toString()),
            new Assembly(
                (name, text) -> {
                  parsed.incrementAndGet();
                  return ConfigLoader.parse(name, text);
                },
                true),
            ReloaderTest::table,
            Runnable::run);
    assertNull(reloader.load());
    auto = new AutoReload(reloader, INTERVAL, timer, Runnable::run);
  }

  @AfterEach
  void tearDown() {
    timer.shutdownNow();
  }

  @Test
  void whatDoesNotChangeIsNotLoadedAgain() {
    assertEquals(INTERVAL, auto.look());
    assertEquals(INTERVAL, auto.look());
    assertEquals(1, parsed.get());
  }

  @Test
  void aChangeIsLoadedWhenItWasSeenTwice() throws Exception {
    Files.writeString(file, TWO);
    assertTrue(auto.look().compareTo(INTERVAL) < 0);
    assertNotNull(reloader.table().find("one"));
    assertEquals(INTERVAL, auto.look());
    assertNotNull(reloader.table().find("two"));
    assertEquals(INTERVAL, auto.look());
    assertEquals(2, parsed.get());
  }

  @Test
  void aFileThatIsStillBeingWrittenIsLeftAlone() throws Exception {
    Files.writeString(file, "modules: {tw");
    auto.look();
    Files.writeString(file, TWO);
    auto.look();
    assertEquals(1, parsed.get());
    auto.look();
    assertNotNull(reloader.table().find("two"));
  }

  @Test
  void aFileThatIsMissingForAMomentChangesNothing() throws Exception {
    Files.delete(file);
    auto.look();
    Files.writeString(file, ONE);
    assertEquals(INTERVAL, auto.look());
    assertTrue(reloader.status().successful());
    assertEquals(1, parsed.get());
  }

  @Test
  void whatDoesNotLoadIsTriedOnceAndTheOldStays() throws Exception {
    Files.writeString(file, "modules: {x: {prober: nope}}");
    for (int i = 0; i < 6; i++) {
      auto.look();
    }
    assertEquals(2, parsed.get());
    assertFalse(reloader.status().successful());
    assertNotNull(reloader.table().find("one"));
    Files.writeString(file, ONE);
    auto.look();
    auto.look();
    assertTrue(reloader.status().successful());
  }

  @Test
  void aFolderThatIsGoneIsToldOnceAndComesBack() throws Exception {
    Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
    Files.move(folder, moved);
    auto.look();
    assertEquals(INTERVAL, auto.look());
    assertFalse(reloader.status().successful());
    assertNotNull(reloader.table().find("one"));
    assertEquals(INTERVAL, auto.look());
    Files.move(moved, folder);
    auto.look();
    auto.look();
    assertTrue(reloader.status().successful());
  }

  @Test
  void itLooksByItself() throws Exception {
    CompletableFuture<Void> looked = new CompletableFuture<>();
    new AutoReload(
            reloader,
            Duration.ofMillis(1),
            timer,
            work -> {
              work.run();
              if (reloader.table().find("two") != null) {
                looked.complete(null);
              }
            })
        .start();
    Files.writeString(file, TWO);
    looked.get(30, TimeUnit.SECONDS);
    assertNotNull(reloader.table().find("two"));
  }

  @Test
  void whichFileIsBadIsToldAndWhatIsInForce() throws Exception {
    String good = reloader.hash();
    assertEquals(12, good.length());
    Files.writeString(folder.resolve("bad.yml"), "nope");
    ConfigException failure = reloader.load();
    assertNotNull(failure);
    assertEquals(
        Map.of(file.toString(), true, folder.resolve("bad.yml").toString(), false),
        reloader.status().files());
    assertEquals(Long.parseLong(good, 16), reloader.status().hash());
    assertEquals(List.of(folder.resolve("bad.yml").toString()), reloader.table().absentFiles());
  }
}
