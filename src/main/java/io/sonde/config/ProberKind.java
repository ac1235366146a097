package io.sonde.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of probe that a module can name. */
public enum ProberKind {
  HTTP,
  TCP,
  ICMP,
  DNS,
  GRPC,
  UNIX,
  WEBSOCKET;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word that stands in the configuration: lower case. */
  public String word() {
    return word;
  }

  /** The kind of a word, or null where no kind is called that; upper case is not accepted. */
  public static @Nullable ProberKind of(String word) {
    for (ProberKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return word;
  }
}
