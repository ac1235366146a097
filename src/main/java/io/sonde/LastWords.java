package io.sonde;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that has lost one of its threads for want of memory: half of its connections would
 * hang, or its log be silent, while health checks still pass. Whoever supervises it starts it
 * again. Needs no memory itself: no log, no exit hooks.
 */
final class LastWords {
  private static final Logger logger = LoggerFactory.getLogger(LastWords.class);

  /** As of a JVM with {@code -XX:+ExitOnOutOfMemoryError}. */
  static final int OUT_OF_MEMORY = 3;

  private static final byte[] WORDS =
      "sonde: error: a thread died, most likely for want of memory: exiting, to be started again\n"
          .getBytes(StandardCharsets.US_ASCII);

  /** Not closed: it is the standard error of the process. */
  private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

  private LastWords() {}

  /** Makes ready, and has threads that die of an OutOfMemoryError end the process. */
  static void prepare() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) -> {
          if (error instanceof OutOfMemoryError) {
            say();
          }
          logger.error("A thread died by a bug of Sonde, please report it", error);
        });
  }

  /** Says them, and ends the process at once. */
  static void say() {
    try {
      STANDARD_ERROR.write(WORDS);
    } catch (IOException ignored) {
      // Nobody listens, and there is nobody else to tell.
    } finally {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
  }
}
