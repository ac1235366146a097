package io.sonde.probe;

import io.sonde.config.ModuleConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the caller asks for.
 *
 * @param module the module, as loaded
 * @param target the target, decoded, not checked
 * @param hostname the {@code hostname} parameter, or null
 * @param timeout the effective limit of the probe; zero or negative means already over
 */
public record ProbeRequest(
    ModuleConfig module, String target, @Nullable String hostname, Duration timeout) {}
