package io.sonde.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which targets a target policy forbids without being told each; each forbids more. */
public enum PolicyPreset {
  /** None. */
  OFF,
  /** This machine, its links, the metadata services of clouds, and groups of machines. */
  REMOTE,
  /** All of these, and whatever is not of the public internet. */
  PUBLIC;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** How configuration and command line write it. */
  public String word() {
    return word;
  }

  /** The preset that is written so; null if there is none. */
  public static @Nullable PolicyPreset of(String word) {
    for (PolicyPreset preset : values()) {
      if (preset.word.equals(word)) {
        return preset;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return word;
  }
}
