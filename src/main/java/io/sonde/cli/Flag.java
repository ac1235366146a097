package io.sonde.cli;

import org.jspecify.annotations.Nullable;

/** The flags, in the order of the help text: each exists once, with its default and its meaning. */
enum Flag {
  HELP("help", Kind.SWITCH, null, "Show this text, then exit. Also -h."),
  VERSION("version", Kind.SWITCH, null, "Show the version, then exit."),
  CONFIG_FILE(
      "config.file",
      Kind.REPEATED,
      null,
      "Configuration file, folder of *.yml and *.yaml files, or pattern such as 'conf.d/*.yml'; may"
          + " be given several times. Without this flag blackbox.yml in the working directory is"
          + " read if it is there, else the built-in modules are used."),
  CONFIG_CHECK("config.check", Kind.SWITCH, null, "Check the configuration, then exit."),
  AUTO_RELOAD(
      "config.enable-auto-reload",
      Kind.SWITCH,
      null,
      "Load the configuration again when one of its files changes."),
  AUTO_RELOAD_INTERVAL(
      "config.auto-reload-interval",
      Kind.VALUE,
      "30",
      "Seconds between two looks at the configuration files; 0 never looks."),
  KEEP_LAST_GOOD(
      "config.keep-last-good",
      Kind.SWITCH,
      null,
      "A configuration file with errors keeps its last good modules and does not stop the other"
          + " files from being loaded."),
  EXPAND_ENV(
      "config.expand-env",
      Kind.SWITCH,
      null,
      "Replace ${NAME} and ${NAME:-default} in the values of configuration files by environment"
          + " variables."),
  FILES_BELOW(
      "config.files-below",
      Kind.REPEATED,
      null,
      "Folder that the files named by modules must lie in, links followed; may be given several"
          + " times. Without this flag they may lie anywhere."),
  TIMEOUT_OFFSET(
      "timeout-offset",
      Kind.VALUE,
      "0.5",
      "Seconds that a probe ends before the scraper's timeout."),
  HISTORY_LIMIT("history.limit", Kind.VALUE, "100", "Results, and older failures, that are kept."),
  HISTORY_MAX_BYTES(
      "history.max-bytes",
      Kind.VALUE,
      "8388608",
      "Bytes that all kept results may take, by estimate."),
  EXTERNAL_URL(
      "web.external-url",
      Kind.VALUE,
      "",
      "URL under which the daemon is found from outside; its path is the default route prefix."),
  ROUTE_PREFIX("web.route-prefix", Kind.VALUE, "", "Path that all endpoints stand below."),
  LISTEN_ADDRESS(
      "web.listen-address",
      Kind.REPEATED,
      ":9115",
      "Address to listen on, as host:port, :port or unix:///path; may be given several times."),
  SYSTEMD_SOCKET(
      "web.systemd-socket",
      Kind.SWITCH,
      null,
      "Listen on the sockets that systemd passes instead; needs --web.external-url."),
  MAX_CONNECTIONS(
      "web.max-connections",
      Kind.VALUE,
      "0",
      "Clients that may be connected at once; idle ones make room for new ones. 0 works it out from"
          + " the limit of open files."),
  WEB_CONFIG_FILE(
      "web.config.file",
      Kind.VALUE,
      "",
      "TLS, users, response headers and a rate limit of the daemon itself; see docs/web-config.md."),
  LOG_URL_TEMPLATE(
      "web.log-url-template",
      Kind.VALUE,
      "",
      "URL where pages find the log records of a probe; its placeholders are {target}, {module},"
          + " {probe_id}, {trace_id}, {phase}, {reason}, {from}, {to}, {from_iso} and {to_iso}."),
  TRACE_URL_TEMPLATE(
      "web.trace-url-template",
      Kind.VALUE,
      "",
      "URL where pages find the trace of a probe, with the same placeholders."),
  DASHBOARD_URL_TEMPLATE(
      "web.dashboard-url-template",
      Kind.VALUE,
      "",
      "URL where pages find the dashboard of a target, with the same placeholders."),
  LOG_LEVEL(
      "log.level", Kind.VALUE, "info", "Least level of log records: debug, info, warn, error."),
  LOG_FORMAT("log.format", Kind.VALUE, "logfmt", "Form of log records: logfmt or json."),
  LOG_PROBER(
      "log.prober",
      Kind.VALUE,
      "info",
      "Least level of records about probes. At debug every step is written; otherwise one record"
          + " per failed probe."),
  SUMMARISE_FAILURES(
      "log.summarise-failures",
      Kind.VALUE,
      "0s",
      "How often failures that repeat are told: the first of a target and reason is written at"
          + " once, the following are counted and written together once in that time. 0 writes each"
          + " of them."),
  MAX_IN_FLIGHT(
      "probe.max-in-flight",
      Kind.VALUE,
      "0",
      "Probes under way at once; further requests are answered 503. 0 works it out from the limit"
          + " of open files."),
  MAX_BODY_BYTES(
      "probe.max-body-bytes",
      Kind.VALUE,
      "33554432",
      "Bytes of a response body that a check can see, where the module sets no body_size_limit."),
  METRICS_PHASES(
      "metrics.phases",
      Kind.SWITCH,
      null,
      "Tell on /metrics how long the probes of each module spend in each phase."),
  METRICS_PER_TARGET(
      "metrics.per-target",
      Kind.SWITCH,
      null,
      "Count the probes of each target on /metrics, 16 series each."),
  METRICS_PER_TARGET_LIMIT(
      "metrics.per-target-limit",
      Kind.VALUE,
      "10000",
      "Targets that are counted on their own; probes of further ones are counted together."),
  TARGET_POLICY(
      "probe.target-policy",
      Kind.VALUE,
      "off",
      "What no probe may contact, whatever the configuration allows. remote: this machine, its"
          + " links and the metadata services of clouds; public: these, and what is not of the"
          + " public internet."),
  SHUTDOWN_DELAY(
      "shutdown.delay",
      Kind.VALUE,
      "0s",
      "How long to go on answering after SIGTERM or SIGINT while /-/ready says no, so that balancers"
          + " look elsewhere first."),
  SHUTDOWN_GRACE(
      "shutdown.grace",
      Kind.VALUE,
      "5s",
      "How long running probes may take to end after SIGTERM or SIGINT.");

  /** How a flag is written. */
  enum Kind {
    /** {@code --name} or {@code --no-name}. */
    SWITCH,
    /** {@code --name=value} or {@code --name value}, once. */
    VALUE,
    /** The same, any number of times. */
    REPEATED
  }

  private final String flagName;
  private final Kind kind;
  private final @Nullable String defaultValue;
  private final String help;

  Flag(String flagName, Kind kind, @Nullable String defaultValue, String help) {
    this.flagName = flagName;
    this.kind = kind;
    this.defaultValue = defaultValue;
    this.help = help;
  }

  /** The name without its dashes. */
  String flagName() {
    return flagName;
  }

  Kind kind() {
    return kind;
  }

  @Nullable String defaultValue() {
    return defaultValue;
  }

  String help() {
    return help;
  }

  /** The flag of that name, or null. */
  static @Nullable Flag of(String name) {
    for (Flag flag : values()) {
      if (flag.flagName.equals(name)) {
        return flag;
      }
    }
    return null;
  }
}
