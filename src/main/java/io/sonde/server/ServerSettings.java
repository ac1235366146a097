package io.sonde.server;

import io.sonde.exposition.LogSyntax;
import io.sonde.server.listen.ListenAddress;
import java.util.List;

/**
 * How the server is to behave.
 *
 * @param addresses where it listens
 * @param location where it is found
 * @param limits what one client may ask
 * @param timeoutOffsetSeconds what is kept of a scrape's timeout for the way of the answer
 * @param logSyntax the form of log records on debug pages
 */
public record ServerSettings(
    List<ListenAddress> addresses,
    WebLocation location,
    Limits limits,
    double timeoutOffsetSeconds,
    LogSyntax logSyntax) {}
