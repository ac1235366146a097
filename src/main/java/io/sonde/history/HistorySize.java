package io.sonde.history;

/**
 * How much a history holds, and what it had to give up for want of room.
 *
 * @param limit most results, and most older failures, in the window
 * @param maxBytes most bytes of everything
 * @param results whole results
 * @param targets targets of which something is known
 * @param bytes of everything, by estimate
 * @param evictedResults whole results that went before their time because of the bytes
 * @param evictedTargets targets that were forgotten because of the bytes
 * @param trimmedResults results that were so large that their trail was cut
 */
public record HistorySize(
    int limit,
    long maxBytes,
    int results,
    int targets,
    long bytes,
    long evictedResults,
    long evictedTargets,
    long trimmedResults) {}
