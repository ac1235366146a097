package io.sonde.cli;

import io.sonde.config.PolicyPreset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the preset of a target policy. */
final class PolicyWord implements ITypeConverter<PolicyPreset> {
  /** The option; serving calls it so too. */
  static final String OPTION = "--probe.target-policy";

  @Override
  public PolicyPreset convert(String text) {
    PolicyPreset preset = PolicyPreset.of(text);
    if (preset == null) {
      throw new TypeConversionException("expected off, remote or public, got \"" + text + '"');
    }
    return preset;
  }
}
