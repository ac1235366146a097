package io.sonde.config;

/**
 * A check of one response header.
 *
 * @param header the name, compared without regard to case
 * @param allowMissing whether a response without that header passes
 */
public record HeaderMatch(String header, Regex regexp, boolean allowMissing) {}
