package io.sonde.server;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the configuration again when its files change. It compares what the files hold, so links
 * that are swapped and editors that rename are all the same to it. A change counts when it is seen
 * twice, a moment apart: who looks while a file is being written, or is missing between two
 * renames, looks once more. What was tried is not tried again, whether it loaded or not.
 */
public final class AutoReload {
  private static final Logger logger = LoggerFactory.getLogger(AutoReload.class);

  /** How long files have to stay the same. */
  private static final Duration CALM = Duration.ofMillis(250);

  private final Reloader reloader;
  private final Duration interval;
  private final ScheduledExecutorService timer;
  private final Executor background;
  private @Nullable String seen;

  /**
   * Looks at nothing yet.
   *
   * @param interval between two looks
   * @param timer starts the looks; not held up by them
   * @param background where files are read
   */
  public AutoReload(
      Reloader reloader, Duration interval, ScheduledExecutorService timer, Executor background) {
    this.reloader = reloader;
    this.interval = interval;
    this.timer = timer;
    this.background = background;
  }

  /** Begins to look, for as long as the executors live. */
  public void start() {
    next(interval);
  }

  private void next(Duration delay) {
    try {
      timer.schedule(this::hand, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ignored) {
      // The daemon ends.
    }
  }

  private void hand() {
    try {
      background.execute(() -> next(look()));
    } catch (RejectedExecutionException ignored) {
      // The daemon ends.
    }
  }

  /** Looks once, and loads if there is reason to; returns when to look again. */
  Duration look() {
    String change = reloader.change();
    boolean confirmed = change != null && change.equals(seen);
    seen = confirmed ? null : change;
    if (change != null && !confirmed) {
      return CALM.compareTo(interval) < 0 ? CALM : interval;
    }
    if (confirmed) {
      logger.info("Configuration file change detected, reloading the configuration.");
      try {
        reloader.reloadHere();
      } catch (CompletionException ignored) {
        // It was told in the log and in the metrics.
      }
    }
    return interval;
  }
}
