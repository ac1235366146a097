package io.sonde.server.guard;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.sonde.server.guard.LoginQueue.Entry;
import io.sonde.server.guard.LoginQueue.Waiter;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks passwords, one at a time on a thread of its own. Checks that fail are paced: whoever sends
 * wrong passwords at speed gets no more than a share of one processor, and probes keep the rest.
 * Safe for use by many threads.
 */
final class LoginDesk implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(LoginDesk.class);

  /** Of one processor: one wrong password of cost 10 in a second. */
  private static final double SHARE = 0.05;

  /** Enough for ten of them at once after a quiet time. */
  private static final long MOST_SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final LoginQueue queue = new LoginQueue();
  private final LoginCache cache = new LoginCache();
  private final LoginKey.Maker keys = new LoginKey.Maker();
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("sonde-logins", true));
  private final Pace pace = new Pace(SHARE, MOST_SAVED_NANOS, System.nanoTime());
  private boolean isBusy;

  /** Somebody who wants in. */
  interface Visitor extends Waiter {
    /** It is not known yet how the login ends; {@code leave} is for a visitor who goes away. */
    void waits(Runnable leave);
  }

  /**
   * Has a login checked. A visitor whose login is known is told at once, on this thread; any other
   * later, on another thread.
   */
  void receive(Login login, Origin origin, Visitor visitor) {
    LoginKey key = login.key(keys);
    Boolean known = cache.find(key);
    if (known != null) {
      visitor.checked(known);
      return;
    }
    visitor.waits(() -> queue.leave(key, visitor));
    queue.add(key, login, origin, visitor);
    begin();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private synchronized void begin() {
    if (!isBusy && !queue.isEmpty()) {
      isBusy = true;
      schedule(0);
    }
  }

  private void schedule(long nanos) {
    try {
      thread.schedule(this::checkNext, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException ignored) {
      // The daemon ends, and whoever waits is told so.
    }
  }

  private void checkNext() {
    long waitNanos = pace.waitNanos(System.nanoTime());
    if (waitNanos > 0) {
      schedule(waitNanos);
      return;
    }
    Entry entry = queue.next();
    if (entry != null) {
      check(entry);
    }
    synchronized (this) {
      isBusy = false;
      begin();
    }
  }

  private void check(Entry entry) {
    boolean isRight = false;
    long startNanos = System.nanoTime();
    try {
      isRight = entry.login().check();
      cache.put(entry.key(), isRight);
    } catch (RuntimeException e) {
      logger.error("Checking a password failed by a bug of Sonde, please report it", e);
    } finally {
      long endNanos = System.nanoTime();
      if (!isRight) {
        pace.spend(endNanos - startNanos, endNanos);
      }
      queue.end(entry, isRight);
    }
  }
}
