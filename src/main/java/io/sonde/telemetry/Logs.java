package io.sonde.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.sonde.exposition.LogSyntax;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process's log: its level, its form, and its end. */
public final class Logs {
  private final LoggerContext context;
  private final LogAppender appender;

  private Logs(LoggerContext context, LogAppender appender) {
    this.context = context;
    this.appender = appender;
  }

  /** The log of this process, which writes logfmt at level info until told otherwise. */
  public static Logs ofProcess() {
    LogProvider.choose();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    LogAppender appender =
        (LogAppender)
            Objects.requireNonNull(
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogAppender.NAME));
    return new Logs(context, appender);
  }

  /**
   * Sets level and form.
   *
   * @param level the least level that is written; that of probes is separate, see {@link ProbeLog}
   */
  public void configure(LogLevel level, LogSyntax syntax, LogLevel probeLevel) {
    appender.syntax(syntax);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level.name()));
    context.getLogger(ProbeLog.LOGGER_NAME).setLevel(Level.toLevel(probeLevel.name()));
  }

  /** Number of records that were lost because standard error was not read fast enough. */
  public long droppedRecords() {
    return appender.droppedRecords();
  }

  /** Writes what is still queued, waiting at most two seconds for it. Later records are lost. */
  public void close() {
    context.stop();
  }
}
