package io.sonde;

import io.sonde.telemetry.ProcFiles;

/** The limit of open files, and what it means for probes. */
final class OpenFiles {
  /** Assumed where there is no such file; the JDK raises the limit as far as it is allowed to. */
  private static final long ASSUMED = 10_240;

  /** Kept for listeners, logs, jars, and connections that are one too many. */
  private static final long RESERVED = 200;

  /** Where there are few: a daemon without clients has some 25 open. */
  private static final long LEAST_RESERVED = 64;

  /** What part of a low limit is reserved. */
  private static final long RESERVED_SHARE = 4;

  /** A probe under way holds the scraper's connection and its own. */
  private static final long PER_PROBE = 2;

  private static final long LEAST_PROBES = 16;
  private static final long MOST_PROBES = 100_000;

  private OpenFiles() {}

  /** How many probes may be under way before the process runs out of descriptors. */
  static int probesWithinLimit() {
    return probesWithin(limit());
  }

  /** How many clients may be connected before they take the descriptors of probes. */
  static int connectionsWithinLimit() {
    return probesWithinLimit();
  }

  static int probesWithin(long openFiles) {
    long reserved = Math.min(RESERVED, Math.max(LEAST_RESERVED, openFiles / RESERVED_SHARE));
    long probes = (openFiles - reserved) / PER_PROBE;
    return (int) Math.max(LEAST_PROBES, Math.min(MOST_PROBES, probes));
  }

  /** Read from {@code /proc}: the JDK's own bean for this takes 40 ms of class loading. */
  private static long limit() {
    long soft = new ProcFiles().softLimit("Max open files");
    return soft == ProcFiles.UNKNOWN ? ASSUMED : soft;
  }
}
