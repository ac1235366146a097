package io.sonde.telemetry;

/**
 * How the latest load of the configuration ended.
 *
 * @param successful whether it succeeded
 * @param succeededAtSeconds when one last succeeded, in seconds since the epoch
 */
public record ReloadStatus(boolean successful, double succeededAtSeconds) {}
