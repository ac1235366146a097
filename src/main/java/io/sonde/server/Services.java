package io.sonde.server;

import io.sonde.history.History;
import io.sonde.telemetry.ConnectionStats;
import io.sonde.telemetry.OwnMetrics;
import io.sonde.telemetry.RequestStats;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the endpoints work with.
 *
 * @param reloader the configuration in force
 * @param warmPaths what need not be waited for
 * @param history what past probes found
 * @param starter starts probes
 * @param requests what is counted about requests
 * @param connections what is counted about clients, and how many there may be
 * @param metrics the daemon's own metrics, made when first asked for
 * @param background where work goes that would hold an event loop up
 * @param sites what is answered besides
 */
public record Services(
    Reloader reloader,
    WarmPaths warmPaths,
    History history,
    ProbeStarter starter,
    RequestStats requests,
    ConnectionStats connections,
    Supplier<OwnMetrics> metrics,
    Executor background,
    List<Site> sites) {}
