package io.sonde.config;

/** Credentials of RFC 7617; either part may be empty. */
public record BasicAuth(Source username, Source password) {}
