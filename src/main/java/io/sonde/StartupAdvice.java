package io.sonde;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** What to do about a start that failed: a line for whoever reads a container's last words. */
final class StartupAdvice {
  /** Owned by whom the process runs as. */
  private static final Path PROCESS = Path.of("/proc/self");

  private StartupAdvice() {}

  /**
   * About a configuration that did not load.
   *
   * @param file null if it is the built-in one
   */
  static String forConfig(@Nullable Path file) {
    if (file == null) {
      return "";
    }
    if (Files.isDirectory(file)) {
      return "put *.yml files into it, or give a file to --config.file; where the file of a mount is missing on the host,"
          + " container engines make a folder of its name";
    }
    if (Files.isReadable(file)) {
      return "correct the file; sonde check " + file + " shows every problem in its place";
    }
    return Files.notExists(file) ? missing(file) : forUnreadable(file);
  }

  static String forUnreadable(Path file) {
    return "let " + user() + " read it: " + owner(file);
  }

  private static String missing(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    String there =
        folder == null || Files.isDirectory(folder) ? "" : "there is no folder " + folder + "; ";
    return there
        + "name a file that exists with --config.file (in a container, mount it there), or leave the"
        + " flag out for the built-in modules";
  }

  private static String user() {
    try {
      return "user "
          + Files.getAttribute(PROCESS, "unix:uid")
          + " (group "
          + Files.getAttribute(PROCESS, "unix:gid")
          + ")";
    } catch (IOException | UnsupportedOperationException ignored) {
      return "user " + System.getProperty("user.name");
    }
  }

  private static String owner(Path file) {
    try {
      PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
      return "it belongs to user "
          + Files.getAttribute(file, "unix:uid")
          + " (group "
          + Files.getAttribute(file, "unix:gid")
          + ") with mode "
          + PosixFilePermissions.toString(attributes.permissions())
          + "; change its owner or mode, or run Sonde as its owner";
    } catch (IOException | UnsupportedOperationException ignored) {
      return "a folder on the way to it is closed";
    }
  }

  /**
   * About an address that could not be listened on.
   *
   * @param reason the system's words
   */
  static String forListening(String reason) {
    if (reason.startsWith("listen unix")) {
      return "choose another path with --web.listen-address=unix:///path, in a folder that Sonde may"
          + " write to";
    }
    if (reason.contains("in use")) {
      return "another process listens there (ss -ltnp shows which): stop it, or choose another"
          + " address with --web.listen-address";
    }
    if (reason.contains("ermission denied")) {
      return "ports below 1024 are for root and for CAP_NET_BIND_SERVICE: choose a higher one with"
          + " --web.listen-address";
    }
    if (reason.contains("annot assign")) {
      return "this machine has no such address (ip address shows them): correct"
          + " --web.listen-address";
    }
    return "correct --web.listen-address";
  }
}
