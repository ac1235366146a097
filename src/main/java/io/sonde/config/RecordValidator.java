package io.sonde.config;

import java.util.List;

/**
 * Checks of one section of a DNS answer; the expressions stay text, as a bad one only fails the
 * probe.
 */
public record RecordValidator(
    List<String> failIfMatches,
    List<String> failIfAllMatch,
    List<String> failIfNotMatches,
    List<String> failIfNoneMatches) {
  public static final RecordValidator NONE =
      new RecordValidator(List.of(), List.of(), List.of(), List.of());

  public RecordValidator {
    failIfMatches = List.copyOf(failIfMatches);
    failIfAllMatch = List.copyOf(failIfAllMatch);
    failIfNotMatches = List.copyOf(failIfNotMatches);
    failIfNoneMatches = List.copyOf(failIfNoneMatches);
  }
}
