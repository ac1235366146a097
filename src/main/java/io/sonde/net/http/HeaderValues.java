package io.sonde.net.http;

import io.sonde.config.HeaderBlock;
import io.sonde.config.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Headers whose values stand in the configuration, in secrets and in files: each value is a line of
 * its own, in that order. Files are looked at whenever the lines are asked for.
 */
public final class HeaderValues {
  private record Value(String name, SourceText text) {}

  private final List<Value> values = new ArrayList<>();

  /** The headers of a configuration, by name as written. */
  public HeaderValues(Map<String, HeaderBlock> blocks) {
    blocks.forEach(this::add);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether {@link #lines} blocks. */
  public boolean readsFiles() {
    return values.stream().anyMatch(value -> value.text.readsFile());
  }

  /**
   * The lines, not yet checked. Blocks if {@link #readsFiles}.
   *
   * @throws IOException if a file cannot be read; the message quotes nothing of it
   */
  public List<HeaderLine> lines() throws IOException {
    List<HeaderLine> lines = new ArrayList<>(values.size());
    for (Value value : values) {
      lines.add(HeaderLine.of(value.name, value.text.text()));
    }
    return lines;
  }

  private void add(String name, HeaderBlock block) {
    for (String value : block.values()) {
      values.add(new Value(name, SourceText.of(value)));
    }
    for (Secret secret : block.secrets()) {
      values.add(new Value(name, SourceText.of(secret.reveal())));
    }
    for (String file : block.files()) {
      values.add(new Value(name, SourceText.ofFile(file)));
    }
  }
}
