package io.sonde.telemetry;

import io.sonde.count.NameServerCounts;
import io.sonde.history.History;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the daemon's own metrics are made of when somebody asks for them.
 *
 * @param probes what is counted about all probes
 * @param modules the modules in force, with what is counted about theirs
 * @param reload how the latest load of the configuration ended
 * @param requests what is counted about requests
 * @param connections what is counted about the connections of clients
 * @param droppedLogRecords number of log records lost so far
 * @param loops the event loops
 * @param lag how late they are
 * @param nameServers what the resolver's questions came to
 * @param history results that are kept
 * @param bodyBytes how many bytes of bodies are kept for checks
 * @param waitingWork how much work waits for a thread, by kind
 */
public record MetricSources(
    ProbeStats probes,
    Supplier<ModuleTable> modules,
    Supplier<ReloadStatus> reload,
    RequestStats requests,
    ConnectionStats connections,
    LongSupplier droppedLogRecords,
    Loops loops,
    LoopLag lag,
    NameServerCounts nameServers,
    History history,
    LongSupplier bodyBytes,
    Map<String, IntSupplier> waitingWork) {}
