package io.sonde.page;

import io.sonde.history.History;
import io.sonde.server.ProbeStarter;
import io.sonde.server.Reloader;
import io.sonde.server.WebLocation;
import io.sonde.telemetry.ProbeStats;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What pages are made of.
 *
 * @param reloader the configuration in force
 * @param history what past probes found
 * @param stats what is counted about probes
 * @param starter starts probes that are asked for on a page
 * @param location where the daemon is found
 * @param links where else things can be looked at
 * @param background where pages are made
 * @param startedAt when the daemon started
 * @param clock what time it is
 */
public record PageSources(
    Reloader reloader,
    History history,
    ProbeStats stats,
    ProbeStarter starter,
    WebLocation location,
    LinksOut links,
    Executor background,
    Instant startedAt,
    InstantSource clock) {}
