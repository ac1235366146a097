package io.sonde.cli;

import io.sonde.config.Durations;
import io.sonde.config.PolicyPreset;
import io.sonde.exposition.GoQuote;
import io.sonde.exposition.LogSyntax;
import io.sonde.page.LinkTemplate;
import io.sonde.page.LinksOut;
import io.sonde.server.GoFloat;
import io.sonde.telemetry.LogLevel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks of a daemon.
 *
 * @param help show the help text and exit
 * @param version show the version and exit
 * @param config where the configuration comes from, and how it is read
 * @param configCheck check the configuration and exit
 * @param timeoutOffsetSeconds what is kept of a scrape's timeout
 * @param historyLimit results that are kept
 * @param historyMaxBytes bytes that they may take
 * @param externalUrl as given; empty derives it
 * @param routePrefix as given; empty derives it
 * @param listenAddresses at least one, unchecked
 * @param systemdSocket take listeners from systemd
 * @param maxConnections most clients connected at once; 0 derives it
 * @param webConfigFile TLS and authentication; empty for none
 * @param links where else probes and targets can be looked at
 * @param logLevel least level of the log
 * @param logSyntax form of the log
 * @param logProber as given, unchecked: a bad value is no reason not to start
 * @param summariseFailures how often failures that repeat are told; 0 tells each of them
 * @param maxInFlight most probes at once; 0 derives it
 * @param maxBodyBytes most bytes of a body that a check sees
 * @param metricsOfPhases tell phases of probes apart in the daemon's own metrics
 * @param metricsPerTarget tell targets apart there
 * @param metricsPerTargetLimit most targets that are told apart
 * @param targetPolicy what no probe may contact
 * @param shutdownDelay how long to go on answering before that, not ready any more
 * @param shutdownGrace how long running probes may take to end
 */
public record ServeOptions(
    boolean help,
    boolean version,
    ConfigOptions config,
    boolean configCheck,
    double timeoutOffsetSeconds,
    int historyLimit,
    int historyMaxBytes,
    String externalUrl,
    String routePrefix,
    List<String> listenAddresses,
    boolean systemdSocket,
    int maxConnections,
    String webConfigFile,
    LinksOut links,
    LogLevel logLevel,
    LogSyntax logSyntax,
    String logProber,
    Duration summariseFailures,
    int maxInFlight,
    int maxBodyBytes,
    boolean metricsOfPhases,
    boolean metricsPerTarget,
    int metricsPerTargetLimit,
    PolicyPreset targetPolicy,
    Duration shutdownDelay,
    Duration shutdownGrace) {

  /**
   * Reads a command line.
   *
   * @throws UsageException if it makes no sense
   */
  public static ServeOptions parse(String... args) throws UsageException {
    Arguments arguments = Arguments.parse(args);
    return new ServeOptions(
        arguments.isOn(Flag.HELP),
        arguments.isOn(Flag.VERSION),
        config(arguments),
        arguments.isOn(Flag.CONFIG_CHECK),
        number(arguments.value(Flag.TIMEOUT_OFFSET)),
        whole(arguments, Flag.HISTORY_LIMIT),
        whole(arguments, Flag.HISTORY_MAX_BYTES),
        arguments.value(Flag.EXTERNAL_URL),
        arguments.value(Flag.ROUTE_PREFIX),
        arguments.values(Flag.LISTEN_ADDRESS),
        arguments.isOn(Flag.SYSTEMD_SOCKET),
        whole(arguments, Flag.MAX_CONNECTIONS),
        arguments.value(Flag.WEB_CONFIG_FILE),
        new LinksOut(
            link(arguments, Flag.LOG_URL_TEMPLATE),
            link(arguments, Flag.TRACE_URL_TEMPLATE),
            link(arguments, Flag.DASHBOARD_URL_TEMPLATE)),
        level(arguments.value(Flag.LOG_LEVEL)),
        syntax(arguments.value(Flag.LOG_FORMAT)),
        arguments.value(Flag.LOG_PROBER),
        duration(arguments.value(Flag.SUMMARISE_FAILURES)),
        whole(arguments, Flag.MAX_IN_FLIGHT),
        whole(arguments, Flag.MAX_BODY_BYTES),
        arguments.isOn(Flag.METRICS_PHASES),
        arguments.isOn(Flag.METRICS_PER_TARGET),
        whole(arguments, Flag.METRICS_PER_TARGET_LIMIT),
        policy(arguments.value(Flag.TARGET_POLICY)),
        duration(arguments.value(Flag.SHUTDOWN_DELAY)),
        duration(arguments.value(Flag.SHUTDOWN_GRACE)));
  }

  private static ConfigOptions config(Arguments arguments) throws UsageException {
    int seconds = whole(arguments, Flag.AUTO_RELOAD_INTERVAL);
    return new ConfigOptions(
        arguments.all(Flag.CONFIG_FILE),
        arguments.isOn(Flag.AUTO_RELOAD) ? Duration.ofSeconds(seconds) : Duration.ZERO,
        arguments.isOn(Flag.KEEP_LAST_GOOD),
        arguments.isOn(Flag.EXPAND_ENV),
        arguments.all(Flag.FILES_BELOW));
  }

  private static @Nullable LinkTemplate link(Arguments arguments, Flag flag) throws UsageException {
    try {
      return LinkTemplate.of(arguments.value(flag));
    } catch (IllegalArgumentException e) {
      throw new UsageException("flag '" + flag.flagName() + "': " + e.getMessage());
    }
  }

  private static double number(String text) throws UsageException {
    try {
      return GoFloat.parse(text);
    } catch (NumberFormatException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** A whole number that is not negative; beyond what an int holds it is as good as without end. */
  private static int whole(Arguments arguments, Flag flag) throws UsageException {
    String text = arguments.value(flag);
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new UsageException(
          "strconv.ParseUint: parsing " + GoQuote.quote(text) + ": invalid syntax");
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException ignored) {
      return Integer.MAX_VALUE;
    }
  }

  private static LogLevel level(String text) throws UsageException {
    LogLevel level = LogLevel.of(text);
    if (level == null) {
      throw new UsageException("unrecognized log level " + text);
    }
    return level;
  }

  private static LogSyntax syntax(String text) throws UsageException {
    LogSyntax syntax = LogSyntax.of(text);
    if (syntax == null) {
      throw new UsageException("unrecognized log format " + text);
    }
    return syntax;
  }

  private static PolicyPreset policy(String text) throws UsageException {
    PolicyPreset preset = PolicyPreset.of(text);
    if (preset == null) {
      throw new UsageException("unrecognized target policy " + text);
    }
    return preset;
  }

  private static Duration duration(String text) throws UsageException {
    Duration duration = Durations.parse(text);
    if (duration == null || duration.isNegative()) {
      throw new UsageException(
          "time: invalid duration " + GoQuote.quote(text) + ": expected one like 5s or 1m30s");
    }
    return duration;
  }
}
