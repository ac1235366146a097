package io.sonde.count;

/**
 * One of the durations that a bucket counts, and the trace that shows where it went.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param atMillis when it was counted, since the epoch
 */
public record Exemplar(double seconds, String traceId, String spanId, long atMillis) {}
