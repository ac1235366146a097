package io.sonde.config;

import java.util.List;

/**
 * The values of one header: every value, every secret and the trimmed content of every file is one
 * header line, in that order.
 */
public record HeaderBlock(List<String> values, List<Secret> secrets, List<String> files) {
  public HeaderBlock {
    values = List.copyOf(values);
    secrets = List.copyOf(secrets);
    files = List.copyOf(files);
  }
}
