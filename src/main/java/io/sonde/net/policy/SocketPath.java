package io.sonde.net.policy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The path of a unix socket as rules see it.
 *
 * @param text absolute, without detours; an abstract name as it is
 * @param isPlain whether it is no detour: behind {@code ..} a symbolic link may lead elsewhere
 */
record SocketPath(String text, boolean isPlain) {
  static SocketPath of(String path) {
    if (path.startsWith("@")) {
      return new SocketPath(path, true);
    }
    try {
      Path written = Path.of(path);
      boolean plain = true;
      for (Path step : written) {
        plain &= !step.toString().equals("..");
      }
      return new SocketPath(written.toAbsolutePath().normalize().toString(), plain);
    } catch (InvalidPathException ignored) {
      return new SocketPath(path, false);
    }
  }
}
