package io.sonde.config.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourceTest {
  @TempDir private Path folder;

  @BeforeEach
  void setUp() throws Exception {
    for (String name : List.of("b.yml", "a.yaml", "c.txt", ".hidden.yml", "d.yml.bak")) {
      Files.writeString(folder.resolve(name), "modules: {} # " + name);
    }
    Files.createDirectories(folder.resolve("more.yml/deep"));
    Files.writeString(folder.resolve("more.yml/e.yml"), "modules: {}");
    Files.writeString(folder.resolve("more.yml/deep/f.yml"), "modules: {}");
  }

  @Test
  void aFolderMeansItsYamlFilesInTheOrderOfTheirNames() throws Exception {
    assertEquals(List.of("a.yaml", "b.yml"), names(folder.toString()));
  }

  @Test
  void wildcardsStandForPartsOfNames() throws Exception {
    assertEquals(List.of("b.yml"), names(folder + "/*.yml"));
    assertEquals(List.of("a.yaml", "b.yml"), names(folder + "/{a,b}.y*"));
    assertEquals(List.of("b.yml"), names(folder + "/[bc].yml"));
    assertEquals(List.of("more.yml/e.yml"), names(folder + "/m*/?.yml"));
    assertEquals(List.of("more.yml/deep/f.yml"), names(folder + "/*/deep/*"));
  }

  @Test
  void theOrderOfTheFlagsCountsAndAFileIsReadOnce() throws Exception {
    assertEquals(
        List.of("b.yml", "a.yaml"), names(folder + "/b.yml", folder + "/./", folder + "/*.yml"));
  }

  @Test
  void whatExistsByTheVeryNameIsNoPattern() throws Exception {
    Files.writeString(folder.resolve("x[1].yml"), "modules: {}");
    assertEquals(List.of("x[1].yml"), names(folder + "/x[1].yml"));
  }

  @Test
  void nothingFoundIsAnErrorThatNamesThePattern() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertTrue(error(empty.toString()).contains("no file in " + empty));
    assertTrue(error(folder + "/*.json").contains("no file matches"));
    assertTrue(error(folder + "/[").contains("no file name and no pattern"));
    assertTrue(error("a\0b").contains("no file name and no pattern"));
  }

  @Test
  void aNamedFileThatIsMissingIsToldByItsText() throws Exception {
    ConfigText text = ConfigSource.file(folder + "/none.yml").read().get(0);
    assertEquals(
        "failed to generate initial checksum for configuration file: error reading YAML file: open "
            + folder
            + "/none.yml: no such file or directory",
        trouble(text));
  }

  @Test
  void aPipeDoesNotHoldTheReaderUp() throws Exception {
    Path pipe = folder.resolve("pipe.yml");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    ConfigText text =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> ConfigSource.file(pipe.toString()).read().get(0));
    assertTrue(trouble(text).contains("regular"));
    text = ConfigSource.file("/dev/zero").read().get(0);
    assertTrue(trouble(text).contains("regular"));
  }

  /** As Kubernetes does: files link into a hidden folder, and a link to that is replaced. */
  @Test
  void aMountedConfigMapIsSeenWholeBeforeAndAfterItsSwap() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Path first = Files.createDirectory(mount.resolve("..2026_01"));
    Files.writeString(first.resolve("m.yml"), "modules: {one: {prober: tcp}}");
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_01"));
    Files.createSymbolicLink(mount.resolve("m.yml"), Path.of("..data/m.yml"));
    ConfigSource source = ConfigSource.file(mount.toString());
    String before = ConfigText.stateOf(source.read());
    assertEquals(1, source.read().size());
    Path second = Files.createDirectory(mount.resolve("..2026_02"));
    Files.writeString(second.resolve("m.yml"), "modules: {two: {prober: tcp}}");
    Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2026_02"));
    Files.move(
        mount.resolve("..data_tmp"),
        mount.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    assertNotEquals(before, ConfigText.stateOf(source.read()));
    assertTrue(new String(source.read().get(0).bytes(), StandardCharsets.UTF_8).contains("two"));
  }

  private static String trouble(ConfigText text) {
    return String.valueOf(Objects.requireNonNull(text.failure()).getMessage());
  }

  private List<String> names(String... given) throws Exception {
    return ConfigSource.of(List.of(given)).read().stream()
        .map(text -> folder.relativize(Path.of(text.name()).normalize()).toString())
        .toList();
  }

  private static String error(String given) {
    ConfigException e = assertThrows(ConfigException.class, () -> ConfigSource.file(given).read());
    return String.valueOf(e.getMessage());
  }
}
