package io.sonde.server;

import io.sonde.history.History;
import io.sonde.probe.ProbeResult;
import io.sonde.telemetry.ConnectionStats;
import io.sonde.telemetry.OwnMetrics;
import io.sonde.telemetry.ProbeStats;
import io.sonde.telemetry.RequestStats;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the endpoints work with.
 *
 * @param reloader the configuration in force
 * @param warmPaths what need not be waited for
 * @param history what past probes found
 * @param stats what is counted about probes, and how many may be under way
 * @param requests what is counted about requests
 * @param connections what is counted about clients
 * @param metrics the daemon's own metrics, made when first asked for
 * @param probeLog told of every probe that has ended and was not abandoned
 * @param background where work goes that would hold an event loop up
 */
public record Services(
    Reloader reloader,
    WarmPaths warmPaths,
    History history,
    ProbeStats stats,
    RequestStats requests,
    ConnectionStats connections,
    Supplier<OwnMetrics> metrics,
    Consumer<ProbeResult> probeLog,
    Executor background) {}
