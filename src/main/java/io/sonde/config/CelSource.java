package io.sonde.config;

/**
 * The text of a CEL expression about the variable {@code body}; compiled by whoever evaluates it.
 */
public record CelSource(String text) {}
