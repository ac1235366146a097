package io.sonde.server.guard;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.sonde.config.ConfigException;
import io.sonde.config.Durations;
import io.sonde.config.RateLimit;
import io.sonde.config.WebConfig;
import io.sonde.config.WebConfigLoader;
import io.sonde.net.tls.TlsServerContext;
import io.sonde.server.Encryption;
import io.sonde.server.Protection;
import io.sonde.telemetry.WebStats;
import io.sonde.telemetry.WebStats.HandshakeFailure;
import io.sonde.telemetry.WebStats.LoginFailure;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protects the server as a web configuration wants it, and follows its changes: a thread looks at
 * the files every second. What does not load changes nothing; it is told once, when it is still so
 * at the next look, as certificates and keys are often written one after the other.
 */
public final class WebGuard implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(WebGuard.class);
  private static final long LOOK_SECONDS = 1;
  private static final int PATIENT_LOOKS = 2;

  private final Path path;
  private final WebFile file;
  private final WebStats stats;
  private final WebConfig atStart;
  private final LoginDesk desk = new LoginDesk();
  private final Complaints<LoginFailure> logins = Guard.newComplaints();
  private final Complaints<HandshakeFailure> handshakes = TlsEncryption.newComplaints();
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("sonde-web-config", true));
  private volatile WebState state;
  private @Nullable String problem;
  private int failedLooks;

  private WebGuard(Path path, WebFile file, WebState state, WebStats stats) {
    this.path = path;
    this.file = file;
    this.state = state;
    this.stats = stats;
    this.atStart = state.config();
  }

  /**
   * Loads the file; blocks.
   *
   * @throws ConfigException with everything that is wrong with it and the files that it names
   */
  public static WebGuard load(Path path, WebStats stats) throws ConfigException {
    WebFile file = new WebFile(path);
    WebGuard guard = new WebGuard(path, file, file.read(), stats);
    guard.loaded();
    RateLimit limit = guard.atStart.rateLimit();
    if (limit.isOn()) {
      logger
          .atInfo()
          .addKeyValue("burst", limit.burst())
          .addKeyValue("interval", Durations.format(limit.interval()))
          .log("Rate Limiter is enabled.");
    }
    return guard;
  }

  /** Begins to follow changes. */
  public void follow() {
    thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** What the server is to be protected with. */
  public Protection protection() {
    RateLimit limit = atStart.rateLimit();
    RateLimiter limiter = limit.isOn() ? new RateLimiter(limit, System.nanoTime()) : null;
    return new Protection(
        atStart.tls() == null
            ? Encryption.NONE
            : new TlsEncryption(this::context, atStart.http2(), stats, handshakes),
        endpoints -> new Guard(endpoints, () -> state, limiter, desk, stats, logins));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    desk.close();
  }

  private TlsServerContext context() {
    return Objects.requireNonNull(state.tls(), "TLS is never switched off while running");
  }

  /** Looks at the files once, as a thread does every second after {@link #follow}. Blocks. */
  public synchronized void look() {
    try {
      WebState now = file.read();
      checkTlsIsAsAtStart(now.config());
      failedLooks = 0;
      if (now != state) {
        state = now;
        loaded();
        warnOfWhatIsFixed(now.config());
        logger.atInfo().addKeyValue("file", path).log("Reloaded web config file");
      } else if (problem != null) {
        loaded();
        logger.atInfo().addKeyValue("file", path).log("Web config file is as it was again");
      }
      problem = null;
    } catch (ConfigException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      logger.error("Following the web config failed by a bug of Sonde, please report it", e);
    }
    logins.tell(System.nanoTime());
    handshakes.tell(System.nanoTime());
  }

  private void failed(String why) {
    if (++failedLooks >= PATIENT_LOOKS && !why.equals(problem)) {
      problem = why;
      stats.loadFailed();
      logger
          .atError()
          .addKeyValue("file", path)
          .addKeyValue("err", why)
          .log("Error reloading web config file, what was loaded before stays in force");
    }
  }

  private void loaded() {
    WebState now = state;
    stats.loaded(System.currentTimeMillis() / 1e3);
    TlsServerContext tls = now.tls();
    stats.certificateExpires(tls == null ? null : tls.certificateExpiry());
    now.config()
        .warnings()
        .forEach(
            warning -> logger.atWarn().addKeyValue("problem", warning).log("Web config warning"));
  }

  private void checkTlsIsAsAtStart(WebConfig now) throws ConfigException {
    if ((now.tls() == null) != (atStart.tls() == null)) {
      throw WebConfigLoader.unreadable(
          path, "TLS cannot be switched on or off while running: restart Sonde");
    }
  }

  private void warnOfWhatIsFixed(WebConfig now) {
    if (now.http2() != atStart.http2() || !now.rateLimit().equals(atStart.rateLimit())) {
      logger.warn("Changes of http2 and rate_limit come into force when Sonde is started again");
    }
  }
}
