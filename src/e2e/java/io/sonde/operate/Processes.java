package io.sonde.operate;

import io.sonde.rig.Exporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel tells of an exporter's process. */
final class Processes {
  private static final int SAMPLE_MILLIS = 500;
  private static final int MOST_SAMPLES = 40;

  private Processes() {}

  /** Open descriptors. */
  static long openFiles(Exporter exporter) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + exporter.child().pid() + "/fd"))) {
      return files.count();
    }
  }

  /** Waits, within bounds, for descriptors to go down to {@code most}; how many there are then. */
  static long settleFiles(Exporter exporter, long most) throws IOException, InterruptedException {
    for (int i = 0; i < MOST_SAMPLES && openFiles(exporter) > most; i++) {
      Thread.sleep(SAMPLE_MILLIS);
    }
    return openFiles(exporter);
  }

  /** Waits, within bounds, for descriptors to come up to {@code least}. */
  static long awaitFiles(Exporter exporter, long least) throws IOException, InterruptedException {
    for (int i = 0; i < MOST_SAMPLES && openFiles(exporter) < least; i++) {
      Thread.sleep(SAMPLE_MILLIS);
    }
    return openFiles(exporter);
  }
}
