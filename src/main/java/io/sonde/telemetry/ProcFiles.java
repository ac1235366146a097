package io.sonde.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux tells about this process in files below {@code /proc/self}. Elsewhere nothing is
 * known. Not for event loops.
 */
public final class ProcFiles {
  /** What is said where nothing is known. */
  public static final long UNKNOWN = -1;

  private static final String UNLIMITED = "unlimited";

  private final Path folder;

  /** The files of this process. */
  public ProcFiles() {
    this(Path.of("/proc/self"));
  }

  ProcFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The soft limit of a resource, {@link Long#MAX_VALUE} if there is none, or {@link #UNKNOWN}.
   *
   * @param resource as {@code /proc/self/limits} calls it
   */
  public long softLimit(String resource) {
    try {
      for (String line : Files.readAllLines(folder.resolve("limits"))) {
        if (line.startsWith(resource)) {
          String soft = line.substring(resource.length()).trim().split(" +")[0];
          return soft.equals(UNLIMITED) ? Long.MAX_VALUE : Long.parseLong(soft);
        }
      }
    } catch (IOException | NumberFormatException ignored) {
      // Not Linux.
    }
    return UNKNOWN;
  }

  /**
   * A number that the kernel counts about IP in the network namespace of this process, or {@link
   * #UNKNOWN}.
   *
   * @param field as the line {@code IpExt} of {@code /proc/self/net/netstat} calls it
   */
  long ipCount(String field) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("net").resolve("netstat"));
      for (int i = 0; i + 1 < lines.size(); i += 2) {
        if (lines.get(i).startsWith("IpExt:")) {
          int column = List.of(lines.get(i).split(" ")).indexOf(field);
          return column < 0 ? UNKNOWN : Long.parseLong(lines.get(i + 1).split(" ")[column]);
        }
      }
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException ignored) {
      // Not Linux, or a kernel that writes it otherwise.
    }
    return UNKNOWN;
  }
}
