package io.sonde;

import io.sonde.probe.Loops;
import io.sonde.probe.Probers;
import io.sonde.server.DryPing;
import io.sonde.server.Reloader;
import io.sonde.server.WarmPaths;
import io.sonde.server.WarmUp;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the paths warm that the loaded modules use: first what every probe needs, then the rest.
 */
final class WarmStart {
  private static final Logger logger = LoggerFactory.getLogger(WarmStart.class);

  /** How long files of certificates and keys may keep a start waiting. */
  private static final Duration READY_LIMIT = Duration.ofSeconds(2);

  private final Loops loops;
  private final Probers probers;
  private final Reloader reloader;
  private final WarmPaths warmPaths;

  WarmStart(Loops loops, Probers probers, Reloader reloader, WarmPaths warmPaths) {
    this.loops = loops;
    this.probers = probers;
    this.reloader = reloader;
    this.warmPaths = warmPaths;
  }

  /** What probes without encryption need. */
  void plain() {
    warmUp().plain(loops);
  }

  /**
   * What would hold the first answer up, and only the probes of {@link WarmPaths} have to wait for.
   */
  void rest() {
    long startNanos = System.nanoTime();
    try {
      probers.prepare();
      warmUp().others();
      probers.awaitReady(READY_LIMIT);
      DryPing.begin(loops, probers::bind, reloader.table())
          .completeOnTimeout(null, READY_LIMIT.toNanos(), TimeUnit.NANOSECONDS)
          .join();
    } finally {
      warmPaths.allAreWarm();
    }
    logger
        .atInfo()
        .addKeyValue("transport", loops.transport().label())
        .addKeyValue("tls", probers.tlsProvider())
        .addKeyValue("quic", probers.quicLibrary())
        .addKeyValue("icmp", probers.icmpSockets())
        .log("Ways to the network");
    logger
        .atInfo()
        .addKeyValue("duration_seconds", (System.nanoTime() - startNanos) / 1e9)
        .log("Warmed up");
  }

  private WarmUp warmUp() {
    return new WarmUp(probers::bind, reloader.table());
  }
}
