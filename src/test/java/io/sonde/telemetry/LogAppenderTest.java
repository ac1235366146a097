package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.sonde.config.ModuleConfig;
import io.sonde.exposition.LogSyntax;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Trail;
import io.sonde.probe.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogAppenderTest {
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void recordsAreWrittenWithTheirAttributesAndStackTraces() {
    Logger logger = logger(out, LogSyntax.LOGFMT);
    logger.atInfo().addKeyValue("address", "[::]:9115").log("Listening on");
    logger.error("Broken {}", "badly", new IllegalStateException("why"));
    context.stop();
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
    assertEquals(2, lines.length);
    assertTrue(
        lines[0].endsWith(" level=INFO source=Some msg=\"Listening on\" address=[::]:9115"),
        lines[0]);
    assertTrue(
        lines[1].contains(
            " level=ERROR source=Some msg=\"Broken badly\""
                + " stack=\"java.lang.IllegalStateException: why\\n\\tat "),
        lines[1]);
  }

  @Test
  void whoLogsNeverWaitsAndLossesAreCounted() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) {
            try {
              reading.await();
            } catch (InterruptedException ignored) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Logger logger = logger(stuck, LogSyntax.JSON);
    logger.setLevel(Level.DEBUG);
    for (int i = 0; i < 20_000; i++) {
      logger.debug("one more");
    }
    LogAppender appender = (LogAppender) logger.getAppender("test");
    assertTrue(appender.droppedRecords() > 10_000, "dropped " + appender.droppedRecords());
    reading.countDown();
  }

  @Test
  void whatRepeatsWithoutEndIsWrittenAHundredTimesAndCounted() {
    Logger logger = logger(out, LogSyntax.LOGFMT);
    for (int i = 0; i < 250; i++) {
      logger.atError().addKeyValue("err", i).log("Error reloading config");
    }
    logger.info("another");
    context.stop();
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
    assertEquals(102, lines.length);
    assertTrue(lines[100].endsWith("msg=another"), lines[100]);
    assertTrue(
        lines[101].endsWith(
            " level=WARN source=Some msg=\"Further records left out\""
                + " message=\"Error reloading config\" count=150"),
        lines[101]);
  }

  @Test
  void aFailedProbeIsOneRecordUnlessEverythingIsAskedFor() {
    Logger logger = logger(out, LogSyntax.LOGFMT);
    logger.setLevel(Level.INFO);
    ProbeResult result =
        new ProbeResult(
            7,
            new ProbeRequest(ModuleConfig.empty("m"), "t\nforged=1", null, Duration.ofSeconds(1)),
            Verdict.failed(Phase.CONNECT, Reason.REFUSED, "connection refused"),
            false,
            Instant.EPOCH,
            0,
            Duration.ofMillis(250),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new Trail.Entry(0, Trail.Level.DEBUG, "Resolving", List.of("ip", "4")),
                new Trail.Entry(
                    1_600_000_000L, Trail.Level.ERROR, "Probe failed", List.of("err", "x"))));
    ProbeLog log = new ProbeLog(logger, Duration.ZERO, System::nanoTime);
    log.write(result);
    logger.setLevel(Level.DEBUG);
    log.write(result);
    context.stop();
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
    assertEquals(3, lines.length);
    assertTrue(
        lines[0].endsWith(
            " level=ERROR source=Some msg=\"Probe failed\" module=m target=\"t\\nforged=1\""
                + " phase=connect reason=refused err=\"connection refused\" duration_seconds=0.25"
                + " probe_id=7"),
        lines[0]);
    assertTrue(lines[1].contains("level=DEBUG source=Some msg=Resolving"), lines[1]);
    assertTrue(lines[2].contains("msg=\"Probe failed\""), lines[2]);
    assertTrue(lines[1].startsWith("time=1970-01-01T00:00:00.000"), lines[1]);
    assertTrue(lines[2].startsWith("time=1970-01-01T00:00:01.600"), lines[2]);
  }

  private Logger logger(OutputStream to, LogSyntax syntax) {
    LogAppender appender = new LogAppender(syntax, to);
    appender.setName("test");
    appender.setContext(context);
    appender.start();
    Logger logger = context.getLogger("a.b.Some");
    logger.addAppender(appender);
    return logger;
  }
}
