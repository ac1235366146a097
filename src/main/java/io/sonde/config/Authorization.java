package io.sonde.config;

/**
 * An {@code Authorization} header: type, space, credentials.
 *
 * @param type {@code Bearer} unless configured; never {@code basic}
 */
public record Authorization(String type, Source credentials) {}
