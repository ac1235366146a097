package io.sonde.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A probe under way. */
public final class Running {
  private static final AtomicLong NEXT_ID = new AtomicLong();

  private final RecordingLoop loop;
  private final ProbeRequest request;
  private final CompletableFuture<ProbeResult> result = new CompletableFuture<>();
  private final CompletableFuture<ProbeRun> run = new CompletableFuture<>();
  private final AtomicInteger settlements = new AtomicInteger();

  private Running(RecordingLoop loop, ProbeRequest request) {
    this.loop = loop;
    this.request = request;
  }

  static Running start(RecordingLoop loop, Prober prober, ProbeRequest request) {
    Running running = new Running(loop, request);
    loop.execute(
        () ->
            running.run.complete(
                ProbeRun.start(
                    NEXT_ID.getAndIncrement(), request, prober, loop, running::settled)));
    return running;
  }

  /** Waits until the run is in the middle of {@code phase}. */
  public Running reaches(Phase phase) {
    ProbeRun started = run.join();
    assertTrue(
        loop.awaitTrue(() -> started.settled() || started.timeline().open() == phase),
        () -> "expected the probe to reach " + phase);
    assertTrue(
        !result.isDone(),
        () -> "expected the probe to be in " + phase + ", but it ended: " + result.join());
    return this;
  }

  /** Its caller leaves. Returns when that was told to the run. */
  public Running isAbandoned() {
    ProbeRun started = run.join();
    loop.submit(started::abandon).syncUninterruptibly();
    return this;
  }

  /** Does something on the loop when the loop has been busy elsewhere for {@code busy}. */
  public Running stalls(Duration busy, Consumer<ProbeRun> then) {
    ProbeRun started = run.join();
    loop.submit(
            () -> {
              long end = System.nanoTime() + busy.toNanos();
              while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
              }
              then.accept(started);
            })
        .syncUninterruptibly();
    return this;
  }

  /** Waits for the end. */
  public Outcome ends() {
    try {
      return new Outcome(result.get(Threads.PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (Exception e) {
      throw new AssertionError("expected the probe of " + request.target() + " to end", e);
    }
  }

  /** Demands what is true of every run that is over. */
  void verify() {
    Outcome outcome = ends();
    // A second settlement would have been queued by now.
    loop.submit(() -> {}).syncUninterruptibly();
    assertEquals(1, settlements.get(), "a run settles exactly once");
    ProbeRun ended = run.join();
    assertEquals(null, ended.timeline().open(), "a phase that was entered was ended");
    outcome.keepsTheRules();
  }

  private void settled(ProbeResult ended) {
    settlements.incrementAndGet();
    result.complete(ended);
  }
}
