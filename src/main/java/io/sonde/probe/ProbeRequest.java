package io.sonde.probe;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Redaction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the caller asks for.
 *
 * @param module the module, as loaded
 * @param target the target, decoded, not checked
 * @param hostname the {@code hostname} parameter, or null
 * @param timeout the effective limit of the probe; zero or negative means already over
 * @param trace the probe's place in a trace, or null if it belongs to none
 */
public record ProbeRequest(
    ModuleConfig module,
    String target,
    @Nullable String hostname,
    Duration timeout,
    @Nullable TraceContext trace) {

  /** A probe that belongs to no trace. */
  public ProbeRequest(
      ModuleConfig module, String target, @Nullable String hostname, Duration timeout) {
    this(module, target, hostname, timeout, null);
  }

  /** The same in a trace. */
  public ProbeRequest in(TraceContext newTrace) {
    return new ProbeRequest(module, target, hostname, timeout, newTrace);
  }

  /** The target as it may be shown: without a password. */
  public static String shown(String target) {
    return Redaction.ofUrl(target).hide(target);
  }

  /** The same with its target as it may be shown. */
  ProbeRequest shown() {
    String shown = shown(target);
    return shown.equals(target) ? this : new ProbeRequest(module, shown, hostname, timeout, trace);
  }
}
