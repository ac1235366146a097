package io.sonde;

import io.sonde.cli.Commands;
import io.sonde.cli.HelpText;
import io.sonde.cli.ServeOptions;
import io.sonde.cli.Surroundings;
import io.sonde.cli.UsageException;
import io.sonde.exposition.LogSyntax;
import io.sonde.probe.Product;
import io.sonde.telemetry.LogLevel;
import io.sonde.telemetry.Logs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts Sonde: flags, configuration, server, signals. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int INTERRUPTED = 130;

  private Main() {}

  /** Runs the command line; a daemon lives on after this returns. */
  public static void main(String[] args) {
    Preload.withoutRecorder();
    if (Commands.areAskedFor(args)) {
      command(args);
      return;
    }
    ServeOptions options;
    try {
      options = ServeOptions.parse(args);
    } catch (UsageException e) {
      System.err.println("sonde: error: " + e.getMessage() + ", try --help");
      System.exit(FAILED);
      return;
    }
    if (options.help() || options.version()) {
      System.out.print(options.help() ? HelpText.help() : HelpText.version());
      System.exit(OK);
      return;
    }
    Logs logs = Logs.ofProcess();
    LogLevel probeLevel = LogLevel.of(options.logProber());
    logs.configure(
        options.logLevel(), options.logSyntax(), probeLevel == null ? LogLevel.INFO : probeLevel);
    serve(options, logs, LoggerFactory.getLogger(Main.class));
  }

  private static void command(String[] args) {
    Preload.ofPlatform();
    Logs logs = Logs.ofProcess();
    Preload.ofNatives();
    logs.configure(LogLevel.WARN, LogSyntax.LOGFMT, LogLevel.ERROR);
    Surroundings surroundings =
        Surroundings.ofProcess(
            action -> Signals.onInterrupt(action, () -> exit(logs, INTERRUPTED)));
    exit(logs, Commands.run(surroundings, args));
  }

  private static void serve(ServeOptions options, Logs logs, Logger logger) {
    try {
      logger.atInfo().addKeyValue("version", Product.VERSION).log("Starting sonde");
      if (LogLevel.of(options.logProber()) == null) {
        logger
            .atWarn()
            .addKeyValue("value", options.logProber())
            .log("Unrecognized --log.prober level, using info");
      }
      if (options.configCheck()) {
        ConfigCheck.run(options.config(), options.targetPolicy());
        ConfigCheck.runWeb(options.webConfigFile());
        logger.info("Config file is ok exiting...");
        exit(logs, OK);
        return;
      }
      LastWords.prepare();
      Signals.installEarly(code -> exit(logs, code));
      Daemon daemon = Daemon.prepare(options, logs);
      Signals.install(daemon::reload, daemon::stop, code -> exit(logs, code));
      daemon.serve();
    } catch (StartupException e) {
      e.log(logger);
      exit(logs, FAILED);
    }
  }

  private static void exit(Logs logs, int code) {
    logs.close();
    System.exit(code);
  }
}
