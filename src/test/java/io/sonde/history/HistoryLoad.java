package io.sonde.history;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.Fact;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Sample;
import io.sonde.probe.Span;
import io.sonde.probe.Trail;
import io.sonde.probe.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fills histories with results that are as large as those of http probes. */
final class HistoryLoad {
  private static final int SAMPLES = 22;
  private static final int NOTES = 11;

  private HistoryLoad() {}

  /**
   * Prints what many results cost. Arguments, all optional: how many, of how many targets, the
   * limit, the bytes.
   */
  public static void main(String[] args) {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int targets = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    int limit = args.length > 2 ? Integer.parseInt(args[2]) : 100;
    int maxBytes = args.length > 3 ? Integer.parseInt(args[3]) : 8 << 20;
    warmUp(limit, maxBytes);
    long before = usedBytes();
    History history = new History(limit, maxBytes);
    long nanos = fill(history, count, targets);
    long after = usedBytes();
    HistorySize size = history.size();
    System.out.printf(
        Locale.ROOT,
        "%,d results of %,d targets: %d ns each, of which the estimate %d ns; %s%nheap %,d bytes more, estimate %,d%n",
        count,
        targets,
        nanos / count,
        estimateNanos(),
        size,
        after - before,
        size.bytes());
  }

  private static long fill(History history, int count, int targets) {
    long nanos = 0;
    ProbeResult[] batch = new ProbeResult[500];
    for (int id = 0; id < count; id += batch.length) {
      for (int i = 0; i < batch.length; i++) {
        batch[i] = result(id + i, (id + i) % targets);
      }
      nanos += fill(history, batch);
    }
    return nanos;
  }

  private static void warmUp(int limit, int maxBytes) {
    ProbeResult[] results = new ProbeResult[2_000];
    for (int i = 0; i < results.length; i++) {
      results[i] = result(i, i % 500);
    }
    for (int round = 0; round < 50; round++) {
      fill(new History(limit, maxBytes), results);
    }
  }

  private static long estimateNanos() {
    long nanos = 0;
    long sum = 0;
    for (int round = 0; round < 400; round++) {
      ProbeResult[] results = new ProbeResult[500];
      for (int i = 0; i < results.length; i++) {
        results[i] = result(i, i);
      }
      long start = System.nanoTime();
      for (ProbeResult result : results) {
        sum += RetainedSize.of(result);
      }
      nanos += System.nanoTime() - start;
    }
    return sum == 0 ? 0 : nanos / 200_000;
  }

  private static long fill(History history, ProbeResult[] results) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    for (ProbeResult result : results) {
      history.add(result);
    }
    return threads.getCurrentThreadCpuTime() - start;
  }

  private static long usedBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** A result of which nothing is shared with another; each eleventh failed. */
  static ProbeResult result(long id, int targetNumber) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(
          i < 9
              ? new Sample(
                  Metric.PROBE_HTTP_DURATION_SECONDS,
                  Metric.PROBE_HTTP_DURATION_SECONDS.labelNames(),
                  List.of("connect"),
                  i)
              : new Sample(Metric.PROBE_SUCCESS, List.of(), List.of(), i));
    }
    List<Trail.Entry> trail = new ArrayList<>();
    for (int i = 0; i < NOTES; i++) {
      trail.add(
          new Trail.Entry(
              i, Trail.Level.DEBUG, "Note", List.of("url", "http://" + id + "/", "n", i * 1.5)));
    }
    List<Span> spans = new ArrayList<>();
    for (Phase phase : List.of(Phase.RESOLVE, Phase.CONNECT, Phase.PROCESSING, Phase.TRANSFER)) {
      spans.add(new Span(phase, 0, id, id + 1_000_000, true));
    }
    String url = "http://host-" + targetNumber + ".example/health";
    return new ProbeResult(
        id,
        new ProbeRequest(ModuleConfig.empty("web"), url, null, Duration.ofSeconds(1)),
        id % 11 == 0
            ? Verdict.failed(Phase.CONNECT, Reason.REFUSED, "refused " + id)
            : Verdict.PASSED,
        false,
        Instant.ofEpochSecond(1_700_000_000 + id),
        0,
        Duration.ofMillis(4),
        List.copyOf(spans),
        List.copyOf(samples),
        List.of(
            new Fact.Request(0, "GET", url + id),
            new Fact.Address(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), 80)),
            new Fact.Response(0, "HTTP/1.1", 200, "OK " + id)),
        List.copyOf(trail));
  }
}
