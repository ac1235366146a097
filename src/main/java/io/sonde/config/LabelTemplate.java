package io.sonde.config;

/**
 * A label of {@code probe_expect_info}; the value may refer to groups of the match, as {@code
 * ${1}}.
 */
public record LabelTemplate(String name, String value) {}
