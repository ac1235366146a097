package io.sonde.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frozen outcome of a run: facts only, rendered by whoever needs text.
 *
 * @param id number of the probe in this process, from 0
 * @param request what was asked, its target without a password
 * @param verdict how it ended
 * @param abandoned true if the caller left before the end; then nobody reads the answer
 * @param startedAt wall clock time of the start
 * @param startNanos the same moment on the loop's clock, which spans and trail are stamped with
 * @param duration how long the prober took
 * @param spans where the time went, oldest first
 * @param samples the series, in exposition order, common ones included
 * @param facts what the run learnt about its target, oldest first
 * @param trail what the run noted, oldest first
 */
public record ProbeResult(
    long id,
    ProbeRequest request,
    Verdict verdict,
    boolean abandoned,
    Instant startedAt,
    long startNanos,
    Duration duration,
    List<Span> spans,
    List<Sample> samples,
    List<Fact> facts,
    List<Trail.Entry> trail) {

  /** The trace that the probe belongs to, as 32 hexadecimal digits; null if to none. */
  public @Nullable String traceId() {
    TraceContext trace = request.trace();
    return trace == null ? null : trace.traceId();
  }

  /** Wall clock time of a note of the trail. */
  public Instant timeOf(Trail.Entry entry) {
    return startedAt.plusNanos(entry.atNanos() - startNanos);
  }
}
