package io.sonde.probe;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sonde.config.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One probe under way: everything about it in one object, confined to one event loop, so that
 * nothing here is locked or volatile. Prober, timer and departing caller may each settle it; the
 * first wins, and settling closes what the run opened, in reverse order.
 */
public final class ProbeRun {
  private final long id;
  private final ProbeRequest request;
  private final EventLoop loop;
  private final RunListener listener;
  private final Instant startedAt = Instant.now();
  private final long startNanos;
  private final Deadline deadline;
  private final Timeline timeline = new Timeline();
  private final Samples samples = new Samples();
  private final List<Fact> facts = new ArrayList<>(4);
  private final Trail trail = new Trail(this);
  private final Deque<Runnable> closers = new ArrayDeque<>(4);
  private @Nullable Future<?> timer;
  private @Nullable Failure want;
  private TargetPolicy policy = TargetPolicy.OFF;
  private boolean settled;

  private ProbeRun(long id, ProbeRequest request, EventLoop loop, RunListener listener) {
    this.id = id;
    this.request = request;
    this.loop = loop;
    this.listener = listener;
    this.startNanos = loop.ticker().nanoTime();
    this.deadline = new Deadline(loop.ticker(), startNanos + request.timeout().toNanos());
  }

  /**
   * Starts a probe. Must be called on {@code loop}.
   *
   * @param id number of the probe in this process
   * @param listener told once how it ended, on {@code loop}
   */
  public static ProbeRun start(
      long id, ProbeRequest request, Prober prober, EventLoop loop, RunListener listener) {
    assert loop.inEventLoop();
    ProbeRun run = new ProbeRun(id, request, loop, listener);
    run.timer =
        loop.schedule(run::expire, Math.max(0, request.timeout().toNanos()), TimeUnit.NANOSECONDS);
    run.trail.conceal(Redaction.ofUrl(request.target()));
    if (!request.module().expanded().isEmpty()) {
      run.trail.conceal(request.module().expanded().redaction());
    }
    run.trail.debug("Beginning probe", "timeout_seconds", seconds(request.timeout().toNanos()));
    try {
      CompletionStage<Verdict> stage = prober.probe(run);
      stage.whenComplete(run::onProberDone);
    } catch (RuntimeException | Error e) {
      run.onProberDone(null, e);
    }
    return run;
  }

  /** Number of this probe in the process. */
  public long id() {
    return id;
  }

  /** What was asked. */
  public ProbeRequest request() {
    return request;
  }

  /** The loop that all of this run happens on. */
  public EventLoop loop() {
    return loop;
  }

  /** Now, on the loop's clock. */
  public long nanoTime() {
    return loop.ticker().nanoTime();
  }

  /**
   * When the event happened that is being handled now, on the loop's clock; see {@link LoopClock}.
   */
  public long eventNanos() {
    return LoopClock.eventNanos(loop);
  }

  /** The moment by which the run ends, whatever happens. */
  public Deadline deadline() {
    return deadline;
  }

  /** Where the time goes. */
  public Timeline timeline() {
    return timeline;
  }

  /** The series so far. */
  public Samples samples() {
    return samples;
  }

  /** The notes so far. */
  public Trail trail() {
    return trail;
  }

  /**
   * Keeps something that was learnt about the target; on a detour, what is learnt is about somebody
   * else, and dropped. Must be called on the loop.
   */
  public void learn(Fact fact) {
    assert loop.inEventLoop();
    if (!timeline.onDetour()) {
      facts.add(fact.without(trail.secrets()));
    }
  }

  /** Whether the run has ended; work that is still under way then serves nobody. */
  public boolean settled() {
    return settled;
  }

  /**
   * Registers what must happen when the run ends, however it ends: closing a connection, or writing
   * final samples. Runs in reverse order of registration, at once if the run has already ended.
   */
  public void onSettle(Runnable close) {
    assert loop.inEventLoop();
    if (settled) {
      close.run();
    } else {
      closers.push(close);
    }
  }

  /**
   * Does a piece of long work, of some hundred microseconds at most, when the loop has looked at
   * its sockets and those had their turn who wait already. Not if the run ends before. Must be
   * called on the loop.
   */
  public void inTurn(Runnable piece) {
    LoopTurns.of(loop).add(this, piece);
  }

  /**
   * Says what the deadline is to be blamed on should it come now: a want of ours rather than the
   * phase that is open. Null takes that back.
   */
  public void blameDeadlineOn(@Nullable Failure want) {
    assert loop.inEventLoop();
    this.want = want;
  }

  /** Whom the run may contact; asked by whoever opens connections or sends packets. */
  public TargetPolicy policy() {
    return policy;
  }

  /** Puts a policy in force. */
  void obey(TargetPolicy newPolicy) {
    policy = newPolicy;
  }

  /** Makes the run the owner of {@code channel}: it is closed when the run ends. */
  public <C extends Channel> C own(C channel) {
    onSettle(channel::close);
    return channel;
  }

  /** Ends the run. The first call wins; later ones do nothing. Must be called on the loop. */
  public void settle(Verdict verdict) {
    settle(verdict, false);
  }

  /** Ends the run because nobody waits for its answer any more. Must be called on the loop. */
  public void abandon() {
    settle(
        Verdict.failed(currentPhase(), Reason.CLOSED, "the caller left before the probe ended"),
        true);
  }

  private void settle(Verdict verdict, boolean abandoned) {
    assert loop.inEventLoop();
    if (settled) {
      return;
    }
    settled = true;
    if (timer != null) {
      timer.cancel(false);
    }
    long endNanos = nanoTime();
    timeline.endDetour(endNanos, verdict.success());
    runClosers();
    listener.settled(freeze(verdict, abandoned, endNanos - startNanos));
  }

  private void runClosers() {
    while (!closers.isEmpty()) {
      try {
        closers.pop().run();
      } catch (RuntimeException | Error e) {
        BugReport.of(this, e).write("Closing a probe failed");
      }
    }
  }

  private ProbeResult freeze(Verdict settledWith, boolean abandoned, long durationNanos) {
    Verdict verdict = settledWith.without(trail.secrets());
    Failure failure = verdict.failure();
    samples.set(Metric.PROBE_SUCCESS, verdict.success() ? 1 : 0);
    samples.set(Metric.PROBE_DURATION_SECONDS, seconds(durationNanos));
    samples.set(Metric.PROBE_TIMEOUT_SECONDS, seconds(request.timeout().toNanos()));
    if (failure == null) {
      trail.debug("Probe succeeded", "duration_seconds", seconds(durationNanos));
    } else {
      samples.set(
          Metric.PROBE_FAILURE_INFO, List.of(failure.phase().label(), failure.reason().label()), 1);
      trail.error(
          "Probe failed",
          "phase",
          failure.phase().label(),
          "reason",
          failure.reason().label(),
          "err",
          failure.message(),
          "duration_seconds",
          seconds(durationNanos));
    }
    return new ProbeResult(
        id,
        request.shown(),
        verdict,
        abandoned,
        startedAt,
        startNanos,
        Duration.ofNanos(durationNanos),
        List.copyOf(timeline.spans()),
        samples.freeze(),
        List.copyOf(facts),
        trail.freeze());
  }

  private void expire() {
    if (want != null) {
      settle(new Verdict(want));
      return;
    }
    Phase phase = currentPhase();
    double limit = seconds(request.timeout().toNanos());
    String message = "the deadline of " + limit + " s came in phase " + phase.label();
    settle(Verdict.failed(phase, Reason.TIMEOUT, message));
  }

  private void onProberDone(@Nullable Verdict verdict, @Nullable Throwable error) {
    if (!loop.inEventLoop()) {
      loop.execute(() -> onProberDone(verdict, error));
      return;
    }
    if (settled) {
      return;
    }
    if (verdict != null) {
      settle(verdict);
      return;
    }
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    settle(
        cause instanceof ProbeFailure failure ? new Verdict(failure.failure()) : unexpected(cause));
  }

  private Verdict unexpected(@Nullable Throwable cause) {
    BugReport.of(this, cause).write("Probe failed by a bug of Sonde, please report it");
    return Verdict.failed(currentPhase(), Reason.INTERNAL, "internal error: " + cause);
  }

  private Phase currentPhase() {
    Phase open = timeline.open();
    return open == null ? Phase.SETUP : open;
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
