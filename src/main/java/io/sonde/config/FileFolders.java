package io.sonde.config;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders that the files named by modules must lie below, wherever links lead. What links lead
 * to may change at any time, so it is asked at every use; it blocks on the file system.
 */
public final class FileFolders {
  /** Files may lie anywhere. */
  public static final FileFolders ANY = new FileFolders(List.of());

  private final List<Path> folders;

  private FileFolders(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** Folders; none of them means that files may lie anywhere. */
  public static FileFolders of(List<Path> folders) {
    return folders.isEmpty() ? ANY : new FileFolders(folders);
  }

  /** Whether there is anything to be checked. */
  public boolean areLimited() {
    return !folders.isEmpty();
  }

  /**
   * Where a file really is.
   *
   * @throws NoSuchFileException if it does not exist
   * @throws IOException if it lies outside; the message says so and names no path
   */
  public Path locate(Path file) throws IOException {
    Path real = file.toRealPath();
    if (!haveBelow(real)) {
      throw new IOException("outside the folders that files may lie in (--config.files-below)");
    }
    return real;
  }

  /**
   * Whether a file lies outside, as far as it can be told: what does not exist lies where its
   * folder is.
   */
  boolean excludes(Path file) {
    return areLimited() && !haveBelow(place(file.toAbsolutePath().normalize()));
  }

  private static Path place(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException ignored) {
      Path parent = file.getParent();
      Path name = file.getFileName();
      return parent == null || name == null ? file : place(parent).resolve(name);
    }
  }

  private boolean haveBelow(Path real) {
    for (Path folder : folders) {
      if (real.startsWith(place(folder.toAbsolutePath().normalize()))) {
        return true;
      }
    }
    return false;
  }
}
