package io.sonde.telemetry;

import java.util.Map;

/**
 * How the latest load of the configuration ended.
 *
 * @param successful whether all of it succeeded
 * @param succeededAtSeconds when one last succeeded, in seconds since the epoch
 * @param hash the first 48 bits of the hash of what is in force
 * @param files by name, whether what each file held then is in force
 */
public record ReloadStatus(
    boolean successful, double succeededAtSeconds, long hash, Map<String, Boolean> files) {
  /** Before the first load. */
  public static final ReloadStatus NONE = new ReloadStatus(false, 0, 0, Map.of());

  public ReloadStatus {
    files = Map.copyOf(files);
  }

  /** Something else is in force now. */
  public ReloadStatus with(long changedHash) {
    return new ReloadStatus(successful, succeededAtSeconds, changedHash, files);
  }

  /** A load ended well. */
  public ReloadStatus succeeded(double atSeconds, Map<String, Boolean> loadedFiles) {
    return new ReloadStatus(true, atSeconds, hash, loadedFiles);
  }

  /** A load failed, and changed nothing or not all. */
  public ReloadStatus failed(Map<String, Boolean> triedFiles) {
    return new ReloadStatus(false, succeededAtSeconds, hash, triedFiles);
  }
}
