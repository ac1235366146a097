package io.sonde;

import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HUP reloads; TERM and INT end the daemon gracefully, and a second one at once. */
final class Signals {
  private static final Logger logger = LoggerFactory.getLogger(Signals.class);

  /** Some senders signal the process and its group: what comes twice at once is said once. */
  private static final long ECHO_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long NEVER = Long.MIN_VALUE;

  private static volatile boolean hungUpEarly;

  private Signals() {}

  /**
   * Takes the signals over while there is nothing to reload and nothing to stop yet: HUP is kept
   * for {@link #install}, TERM and INT end the process at once.
   *
   * @param exit ends the process
   */
  static void installEarly(IntConsumer exit) {
    handle("HUP", () -> hungUpEarly = true);
    Runnable end = end(() -> {}, exit);
    handle("TERM", end);
    handle("INT", end);
  }

  /**
   * Takes the signals over from the JVM.
   *
   * @param stop ends the daemon and returns when it has ended; called at most once
   * @param exit ends the process
   */
  static void install(Runnable reload, Runnable stop, IntConsumer exit) {
    handle("HUP", reload);
    if (hungUpEarly) {
      reload.run();
    }
    Runnable end = end(stop, exit);
    handle("TERM", end);
    handle("INT", end);
  }

  private static Runnable end(Runnable stop, IntConsumer exit) {
    return inTurn(
        () -> {
          logger.info("Received SIGTERM, exiting gracefully...");
          stop.run();
          exit.accept(0);
        },
        () -> {
          logger.warn("Received a second signal, exiting at once");
          exit.accept(0);
        });
  }

  /**
   * Takes Ctrl-C and TERM over for a command.
   *
   * @param first what the first of them does
   * @param second what any further one does
   */
  static void onInterrupt(Runnable first, Runnable second) {
    Runnable action = inTurn(first, second);
    handle("TERM", action);
    handle("INT", action);
  }

  /** Runs {@code first} at the first signal and {@code second} at any further one. */
  private static Runnable inTurn(Runnable first, Runnable second) {
    AtomicLong firstAt = new AtomicLong(NEVER);
    return () -> {
      long now = System.nanoTime();
      if (firstAt.compareAndSet(NEVER, now)) {
        first.run();
      } else if (now - firstAt.get() >= ECHO_NANOS) {
        second.run();
      }
    };
  }

  /**
   * Registers with {@code sun.misc.Signal}, the JDK's only door to signals. By reflection, as the
   * compiler warns of the class and lets nobody silence that. The JDK runs each signal on a thread
   * of its own, so a second one is heard while the first is being obeyed.
   */
  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      logger.atWarn().addKeyValue("signal", name).setCause(e).log("Cannot listen to a signal");
    }
  }
}
