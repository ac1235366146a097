package io.sonde.net.http;

import io.sonde.config.Credentials;
import io.sonde.config.HeaderBlock;
import io.sonde.config.Redaction;
import io.sonde.config.Secret;
import io.sonde.net.file.ModuleFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Headers whose values stand in the configuration, in secrets and in files: each value is a line of
 * its own, in that order. Files are looked at whenever the lines are asked for.
 */
public final class HeaderValues {
  private record Value(String name, SourceText text) {}

  private final List<Value> values = new ArrayList<>();
  private final Set<String> secretNames = new HashSet<>();

  /** The headers of a configuration, by name as written. */
  public HeaderValues(Map<String, HeaderBlock> blocks, ModuleFiles files) {
    blocks.forEach((name, block) -> add(name, block, files));
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether {@link #lines} blocks. */
  public boolean readsFiles() {
    return values.stream().anyMatch(value -> value.text.readsFile());
  }

  /** Whether the header of that name, as it is usually written, holds a secret or a file. */
  public boolean holdSecret(String name) {
    return secretNames.contains(name);
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

  /** The secrets in lines of these headers. */
  public Redaction secretsIn(List<HeaderLine> lines) {
    Redaction.Builder secrets = Redaction.builder();
    for (HeaderLine line : lines) {
      if (holdSecret(line.name()) || Credentials.areIn(line.name())) {
        secrets.header(line.name(), line.value());
      }
    }
    return secrets.build();
  }

  private void add(String name, HeaderBlock block, ModuleFiles files) {
    if (!block.secrets().isEmpty() || !block.files().isEmpty()) {
      secretNames.add(HeaderRules.canonical(name));
    }
    for (String value : block.values()) {
      values.add(new Value(name, SourceText.of(value)));
    }
    for (Secret secret : block.secrets()) {
      values.add(new Value(name, SourceText.of(secret.reveal())));
    }
    for (String file : block.files()) {
      values.add(new Value(name, SourceText.ofFile(file, files)));
    }
  }
}
