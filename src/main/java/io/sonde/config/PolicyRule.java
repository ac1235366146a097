package io.sonde.config;

import org.jspecify.annotations.Nullable;

/**
 * A rule of a target policy. It is about whatever has everything that the rule names.
 *
 * @param cidr addresses, or null for all
 * @param host pattern of names, where {@code *} stands for any characters; empty for all
 * @param ports ports, or null for all and for what has none
 * @param scheme what is spoken, or null for everything
 */
public record PolicyRule(
    @Nullable Cidr cidr, String host, @Nullable PortRange ports, @Nullable TargetScheme scheme) {
  /** Everything that it names, as configuration writes it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, "cidr", cidr);
    append(text, "host", host.isEmpty() ? null : host);
    append(text, "port", ports);
    append(text, "scheme", scheme == null ? null : scheme.word());
    return text.toString();
  }

  private static void append(StringBuilder text, String key, @Nullable Object value) {
    if (value != null) {
      text.append(text.isEmpty() ? "" : ", ").append(key).append(": ").append(value);
    }
  }
}
