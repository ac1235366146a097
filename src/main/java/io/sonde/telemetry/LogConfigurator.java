package io.sonde.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import io.sonde.exposition.LogSyntax;
import org.slf4j.Logger;

/**
 * Sets logback up. Where {@link LogProvider} was not chosen it is found through {@code
 * META-INF/services}; its being there keeps logback from searching the class path for files and
 * from falling back to printing everything, Netty's debug records included.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  /** Public for the service loader. */
  public LogConfigurator() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    setUp(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void setUp(LoggerContext context) {
    // Where nobody listens, logback loads what formats dates in order to print what it did.
    context.getStatusManager().add(new NopStatusListener());
    LogAppender appender = new LogAppender(LogSyntax.LOGFMT, StandardError.stream());
    appender.setName(LogAppender.NAME);
    appender.setContext(context);
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
    // Netty's debug records describe its own start; at info and above it speaks of real trouble.
    context.getLogger("io.netty").setLevel(Level.INFO);
  }
}
