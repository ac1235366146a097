package io.sonde.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of the environment that values may refer to, or none where they may not. */
public final class Variables {
  /** References are ordinary text. */
  public static final Variables NOT_EXPANDED = new Variables(null);

  private final @Nullable Map<String, String> values;

  private Variables(@Nullable Map<String, String> values) {
    this.values = values;
  }

  /** Variables by name. */
  public static Variables of(Map<String, String> values) {
    return new Variables(Map.copyOf(values));
  }

  /** Those of this process, if they are to be expanded at all. */
  public static Variables ofProcess(boolean expanded) {
    return expanded ? of(System.getenv()) : NOT_EXPANDED;
  }

  /** Whether references are replaced. */
  boolean areExpanded() {
    return values != null;
  }

  /** The value of a variable; null if it is not set. */
  @Nullable String value(String name) {
    return values == null ? null : values.get(name);
  }
}
