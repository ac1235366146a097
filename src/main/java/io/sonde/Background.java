package io.sonde;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what would hold an event loop up: reloads, gathering the daemon's own metrics. */
final class Background {
  /** Two, so that a slow reload does not keep a scrape of the metrics waiting. */
  private static final int THREADS = 2;

  private static final long IDLE_SECONDS = 30;

  private Background() {}

  static ExecutorService executor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("sonde-background", true));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
