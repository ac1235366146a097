package io.sonde.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file in bounded time and memory: a device may have no end, and opening a FIFO waits for
 * somebody who writes to it.
 */
public final class FileBytes {
  /** What is asked about a file; {@link #refusal} needs them. */
  public static final String ATTRIBUTES = "unix:mode,size,rdev";

  private static final int TYPE_MASK = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int CHARACTER_DEVICE = 0020000;

  /** The major and minor number of {@code /dev/null}, which people name for "nothing". */
  private static final long NULL_DEVICE = 0x103;

  private FileBytes() {}

  /**
   * Reads a whole file.
   *
   * @throws IOException if that cannot be done, or if it has more bytes
   */
  public static byte[] read(Path path, int maxBytes) throws IOException {
    String refusal = refusal(Files.readAttributes(path, ATTRIBUTES), maxBytes);
    if (refusal != null) {
      throw new IOException(refusal);
    }
    return readOpen(path, maxBytes);
  }

  /** Reads what was already found to have an end, or a pipe that somebody writes to. */
  public static byte[] readOpen(Path path, int maxBytes) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      // The size that the file system tells is 0 for files of /proc, so only the end counts.
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException(tooLarge(maxBytes));
      }
      return bytes;
    }
  }

  /** Why a file of such attributes is not read, or null. */
  public static @Nullable String refusal(Map<String, Object> attributes, int maxBytes) {
    int type = attributes.get("mode") instanceof Integer mode ? mode & TYPE_MASK : REGULAR;
    if (type == DIRECTORY) {
      return "is a directory";
    }
    boolean isNull =
        type == CHARACTER_DEVICE
            && attributes.get("rdev") instanceof Long device
            && device == NULL_DEVICE;
    if (type != REGULAR && !isNull) {
      return "not a regular file";
    }
    return attributes.get("size") instanceof Long size && size > maxBytes
        ? tooLarge(maxBytes)
        : null;
  }

  private static String tooLarge(int maxBytes) {
    return "larger than " + maxBytes + " bytes";
  }
}
