package io.sonde.config.source;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one configuration file held when it was looked at. */
public final class ConfigText {
  private final String name;
  private final byte[] bytes;
  private final String digest;
  private final @Nullable ConfigException failure;

  private ConfigText(String name, byte[] bytes, String digest, @Nullable ConfigException failure) {
    this.name = name;
    this.bytes = bytes;
    this.digest = digest;
    this.failure = failure;
  }

  /** A text that was read. */
  static ConfigText of(String name, byte[] bytes) {
    return new ConfigText(name, bytes, HexFormat.of().formatHex(Digest.of(bytes)), null);
  }

  /** Reads a file; one that cannot be read makes a text that says why. */
  static ConfigText read(Path file) {
    String name = file.toString();
    try {
      return of(name, ConfigLoader.read(file));
    } catch (ConfigException e) {
      return new ConfigText(name, new byte[0], "", e);
    }
  }

  /** What messages call the file. */
  public String name() {
    return name;
  }

  /** The text; empty if it could not be read. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** The SHA-256 of the text in hexadecimal digits; empty if it could not be read. */
  public String digest() {
    return digest;
  }

  /** Why it could not be read, or null. */
  public @Nullable ConfigException failure() {
    return failure;
  }

  /** Whether a word stands in the text, whatever it means there. */
  boolean mentions(String word) {
    return new String(bytes, StandardCharsets.UTF_8).contains(word);
  }

  /** Something that is another text whenever one of the files is, or its trouble. */
  public static String stateOf(List<ConfigText> texts) {
    StringBuilder state = new StringBuilder();
    for (ConfigText text : texts) {
      state.append(text.name).append('\0').append(text.digest);
      state.append(text.failure == null ? "" : text.failure.getMessage()).append('\n');
    }
    return state.toString();
  }
}
