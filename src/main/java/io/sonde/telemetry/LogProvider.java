package io.sonde.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Gives slf4j a logback that is set up by {@link LogConfigurator}, without logback's own way there:
 * it compares versions, looks for services and notes what it does, which takes a cold JVM tens of
 * milliseconds.
 */
public final class LogProvider implements SLF4JServiceProvider {
  /** The system property by which slf4j finds a provider without looking for any. */
  private static final String PROPERTY = "slf4j.provider";

  /** The system property by which slf4j keeps to itself that it found the other one. */
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  /** The newest interface that this was written for. */
  private static final String API_VERSION = "2.0.99";

  private final LoggerContext context = new LoggerContext();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final LogbackMDCAdapter values = new LogbackMDCAdapter();

  /** Public for slf4j. */
  public LogProvider() {}

  /** Chooses this provider for the process, unless its user chose another. */
  static void choose() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, LogProvider.class.getName());
      System.setProperty(VERBOSITY, System.getProperty(VERBOSITY, "WARN"));
    }
  }

  @Override
  public void initialize() {
    context.setName("default");
    context.setMDCAdapter(values);
    LogConfigurator.setUp(context);
    context.start();
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return context;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return values;
  }

  @Override
  public String getRequestedApiVersion() {
    return API_VERSION;
  }
}
