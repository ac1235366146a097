package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.exposition.LogSyntax;
import io.sonde.telemetry.LogLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeOptionsTest {
  @Test
  void withoutFlagsTheDefaultsHold() throws Exception {
    ServeOptions options = ServeOptions.parse();
    assertEquals(List.of(), options.config().files());
    assertEquals(Duration.ZERO, options.config().autoReloadInterval());
    assertEquals(0.5, options.timeoutOffsetSeconds());
    assertEquals(100, options.historyLimit());
    assertEquals(8 << 20, options.historyMaxBytes());
    assertEquals(List.of(":9115"), options.listenAddresses());
    assertEquals(LogLevel.INFO, options.logLevel());
    assertEquals(LogSyntax.LOGFMT, options.logSyntax());
    assertEquals("info", options.logProber());
    assertEquals(Duration.ofSeconds(5), options.shutdownGrace());
    assertEquals(32 << 20, options.maxBodyBytes());
  }

  @Test
  void everyFlagOfTheReferenceIsUnderstood() throws Exception {
    ServeOptions options =
        ServeOptions.parse(
            "--config.file=a.yml",
            "--config.file=b",
            "--config.check",
            "--config.enable-auto-reload",
            "--config.auto-reload-interval=5",
            "--timeout-offset",
            "0.25",
            "--history.limit=7",
            "--web.external-url=http://x/bb",
            "--web.route-prefix=/bb",
            "--web.listen-address=:1",
            "--web.listen-address",
            ":2",
            "--no-web.systemd-socket",
            "--web.config.file=",
            "--log.level=DEBUG",
            "--log.format=json",
            "--log.prober=nonsense");
    assertEquals(List.of("a.yml", "b"), options.config().files());
    assertTrue(options.configCheck());
    assertEquals(Duration.ofSeconds(5), options.config().autoReloadInterval());
    assertFalse(options.systemdSocket());
    assertEquals(0.25, options.timeoutOffsetSeconds());
    assertEquals(List.of(":1", ":2"), options.listenAddresses());
    assertEquals(LogLevel.DEBUG, options.logLevel());
    assertEquals(LogSyntax.JSON, options.logSyntax());
    assertEquals("nonsense", options.logProber());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--nope|unknown long flag '--nope'",
        "--nope=3|unknown long flag '--nope'",
        "--no-config.file|unknown long flag '--no-config.file'",
        "-c|unknown short flag '-c'",
        "-cfoo|unknown short flag '-c'",
        "--log.level=a --log.level=b|flag 'log.level' cannot be repeated",
        "--config.check --no-config.check|flag 'config.check' cannot be repeated",
        "extra|unexpected extra",
        "-- extra|unexpected extra",
        "prob x|unexpected prob: did you mean sonde probe?",
        "--config.check check a.yml"
            + "|unexpected check: a command comes first, sonde check, and its flags after it",
        "--config.check=true|unexpected true",
        "--config.file|expected argument for flag '--config.file'",
        "--timeout-offset -1|expected argument for flag '--timeout-offset'",
        "--timeout-offset=x|strconv.ParseFloat: parsing \"x\": invalid syntax",
        "--history.limit=-1|strconv.ParseUint: parsing \"-1\": invalid syntax",
        "--history.limit=x|strconv.ParseUint: parsing \"x\": invalid syntax",
        "--log.level=foo|unrecognized log level foo",
        "--log.format=x|unrecognized log format x",
        "--shutdown.grace=5|time: invalid duration \"5\": expected one like 5s or 1m30s",
      })
  void whatMakesNoSenseIsNamed(String line, String message) {
    UsageException error =
        assertThrows(UsageException.class, () -> ServeOptions.parse(line.split(" ")));
    assertEquals(message, error.getMessage());
  }

  @Test
  void filesOfArgumentsAreReplacedByTheirLines(@TempDir Path folder) throws Exception {
    Path inner = Files.writeString(folder.resolve("inner"), "--history.limit\n3\n");
    Path outer =
        Files.writeString(
            folder.resolve("outer"), "# comment\n--config.file=a b.yml\n\n@" + inner + "\n");
    ServeOptions options = ServeOptions.parse("--config.check", "@" + outer, "--log.level=warn");
    assertEquals(List.of("a b.yml"), options.config().files());
    assertEquals(3, options.historyLimit());
    assertEquals(LogLevel.WARN, options.logLevel());
    UsageException missing =
        assertThrows(UsageException.class, () -> ServeOptions.parse("@" + folder + "/none"));
    assertTrue(String.valueOf(missing.getMessage()).contains("none"));
    Path loop = folder.resolve("loop");
    Files.writeString(loop, "@" + loop + "\n");
    assertThrows(UsageException.class, () -> ServeOptions.parse("@" + loop));
  }

  @Test
  void theHelpTextNamesEveryFlag() {
    for (Flag flag : Flag.values()) {
      assertTrue(HelpText.help().contains(flag.flagName()), flag.flagName());
    }
    assertTrue(HelpText.help().lines().allMatch(line -> line.length() <= 80));
    assertTrue(HelpText.version().startsWith("sonde, version "));
  }
}
