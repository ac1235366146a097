package io.sonde.net.file;

import io.sonde.config.FileFolders;

/**
 * How the files that modules name are read: off the loops, and only where the operator lets them
 * lie.
 *
 * @param work where they are read
 * @param folders where they may lie
 */
public record ModuleFiles(BlockingWork work, FileFolders folders) {
  /** Files that may lie anywhere. */
  public static ModuleFiles anywhere(BlockingWork work) {
    return new ModuleFiles(work, FileFolders.ANY);
  }

  /** The file of that name, of at most {@link TrackedFile#DEFAULT_MAX_BYTES} bytes. */
  public TrackedFile at(String name) {
    return at(name, TrackedFile.DEFAULT_MAX_BYTES);
  }

  /** The file of that name; reading fails if it has more bytes, or if the name is none. */
  public TrackedFile at(String name, int maxBytes) {
    return TrackedFile.named(name, maxBytes, folders);
  }
}
