package io.sonde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupAdviceTest {
  @TempDir private Path folder;

  @Test
  void aMissingFileIsToBeNamedOrMounted() {
    String advice = StartupAdvice.forConfig(folder.resolve("none.yml"));
    assertTrue(advice.startsWith("name a file that exists with --config.file"), advice);
  }

  @Test
  void aMissingFolderIsNamed() {
    Path missing = folder.resolve("none");
    String advice = StartupAdvice.forConfig(missing.resolve("none.yml"));
    assertTrue(advice.startsWith("there is no folder " + missing + "; "), advice);
  }

  @Test
  void aFolderInAFilesPlaceIsAMountGoneWrong() {
    String advice = StartupAdvice.forConfig(folder);
    assertTrue(advice.contains("make a folder of its name"), advice);
  }

  @Test
  void aBrokenFileIsToBeChecked() throws Exception {
    Path file = Files.writeString(folder.resolve("broken.yml"), "a: b: c");
    String advice = StartupAdvice.forConfig(file);
    assertEquals(
        "correct the file; sonde check " + file + " shows every problem in its place", advice);
  }

  @Test
  void aFileThatOthersOwnNamesBothUsersAndTheMode() throws Exception {
    Path file = Files.writeString(folder.resolve("closed.yml"), "");
    String advice = StartupAdvice.forUnreadable(file);
    String user = "user " + Files.getAttribute(file, "unix:uid");
    assertTrue(advice.matches("let " + user + " .group \\d+. read it: .*"), advice);
    assertTrue(advice.contains("it belongs to " + user + " (group "), advice);
    assertTrue(advice.contains(" with mode rw-"), advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bind(..) failed with error(-98): Address already in use | another process listens there",
        "bind(..) failed with error(-13): Permission denied | ports below 1024 are for root",
        "Cannot assign requested address | this machine has no such address",
        "nowhere: Name or service not known | correct --web.listen-address"
      })
  void anAddressThatCannotBeHadHasACure(String reason, String cure) {
    String advice = StartupAdvice.forListening(reason);
    assertTrue(advice.startsWith(cure), advice);
  }
}
