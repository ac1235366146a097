package io.sonde.telemetry;

import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import io.sonde.count.NameServerCounts;
import io.sonde.count.QueryOutcome;
import io.sonde.history.History;
import io.sonde.history.HistorySize;
import io.sonde.probe.Loops;
import java.util.List;
import java.util.function.ToIntFunction;

/** How much of what the daemon consists of is in use, and what waits for it. */
final class ResourceFamilies {
  /** What blackbox_exporter shows where there is no limit: the largest number of 64 bits. */
  private static final double UNLIMITED = 0x1p64;

  private static final List<String> LOOP = List.of("loop");

  private ResourceFamilies() {}

  static void register(Families families, MetricSources sources) {
    registerLoops(families, sources);
    registerNameServers(families, sources.nameServers());
    registerMemory(families, sources);
    families.gauges(
        "sonde_blocking_work_waiting",
        "Pieces of work that wait for a thread on which they may block.",
        List.of("kind"),
        values ->
            sources.waitingWork().forEach((kind, waiting) -> values.add(waiting.getAsInt(), kind)));
    families.counter(
        "sonde_log_records_dropped_total",
        "Log records lost because standard error was not read fast enough.",
        sources.droppedLogRecords());
    registerProcess(families, new ProcFiles());
  }

  private static void registerLoops(Families families, MetricSources sources) {
    families.histograms(
        "sonde_event_loop_lag_seconds",
        "How late the event loops ran a task that was due at a known time.",
        List.of(),
        values -> values.add(sources.lag().lags()));
    families.gauges(
        "sonde_event_loop_late_seconds",
        "How late each event loop is at this moment.",
        LOOP,
        values -> {
          double[] late = sources.lag().lateSeconds();
          for (int i = 0; i < late.length; i++) {
            values.add(late[i], String.valueOf(i));
          }
        });
    perLoop(
        families,
        sources.loops(),
        "sonde_event_loop_pending_tasks",
        "Tasks that wait for each event loop to run them.",
        Loops::pendingTasks);
    perLoop(
        families,
        sources.loops(),
        "sonde_event_loop_sockets",
        "Sockets that each event loop looks after: listeners, clients, and those of probes.",
        Loops::sockets);
  }

  private static void perLoop(
      Families families, Loops loops, String name, String help, ToIntFunction<EventLoop> value) {
    families.gauges(
        name,
        help,
        LOOP,
        values -> {
          for (int i = 0; i < loops.all().size(); i++) {
            values.add(value.applyAsInt(loops.all().get(i)), String.valueOf(i));
          }
        });
  }

  private static void registerNameServers(Families families, NameServerCounts nameServers) {
    families.counters(
        "sonde_resolver_queries_total",
        "Questions that the resolver put to each name server, by what came of them.",
        List.of("server", "outcome"),
        values ->
            nameServers
                .servers()
                .forEach(
                    (address, server) -> {
                      for (QueryOutcome outcome : QueryOutcome.values()) {
                        values.add((double) server.of(outcome), address, outcome.label());
                      }
                    }));
    families.histograms(
        "sonde_resolver_answer_duration_seconds",
        "How long each name server took to answer, when it did.",
        List.of("server"),
        values ->
            nameServers
                .servers()
                .forEach((address, server) -> values.add(server.answerTimes(), address)));
  }

  private static void registerMemory(Families families, MetricSources sources) {
    families.gauge(
        "sonde_direct_memory_used_bytes",
        "Memory outside the heap that Netty holds for buffers.",
        PlatformDependent::usedDirectMemory);
    families.gauge(
        "sonde_direct_memory_max_bytes",
        "Most memory outside the heap that Netty takes for buffers.",
        PlatformDependent::maxDirectMemory);
    families.gauge(
        "sonde_body_bytes",
        "Memory that is taken by bodies which checks want to see.",
        () -> sources.bodyBytes().getAsLong());
    registerHistory(families, sources.history());
  }

  private static void registerHistory(Families families, History history) {
    families.gauge(
        "sonde_history_results",
        "Results of probes that are kept.",
        () -> history.size().results());
    families.gauge(
        "sonde_history_targets",
        "Targets of which something is kept, each module's counted for itself.",
        () -> history.size().targets());
    families.gauge(
        "sonde_history_bytes",
        "Memory that results and targets take, by a careful estimate.",
        () -> history.size().bytes());
    families.gauge(
        "sonde_history_max_bytes",
        "Most memory that they may take.",
        () -> history.size().maxBytes());
    families.counters(
        "sonde_history_evicted_total",
        "What was forgotten before its time for want of memory.",
        List.of("kind"),
        values -> {
          HistorySize size = history.size();
          values.add((double) size.evictedResults(), "result");
          values.add((double) size.evictedTargets(), "target");
        });
    families.counter(
        "sonde_history_trimmed_total",
        "Results that were so large that their trail was cut.",
        () -> history.size().trimmedResults());
  }

  /** What blackbox_exporter tells as well and the Java client does not. */
  private static void registerProcess(Families families, ProcFiles files) {
    families.counters(
        "process_network_receive_bytes_total",
        "Number of bytes received by the process over the network.",
        List.of(),
        values -> addKnown(values, files.ipCount("InOctets")));
    families.counters(
        "process_network_transmit_bytes_total",
        "Number of bytes sent by the process over the network.",
        List.of(),
        values -> addKnown(values, files.ipCount("OutOctets")));
    families.gauges(
        "process_virtual_memory_max_bytes",
        "Maximum amount of virtual memory available in bytes.",
        List.of(),
        values -> addKnown(values, files.softLimit("Max address space")));
  }

  private static void addKnown(Families.Values values, long value) {
    if (value != ProcFiles.UNKNOWN) {
      values.add(value == Long.MAX_VALUE ? UNLIMITED : value);
    }
  }
}
