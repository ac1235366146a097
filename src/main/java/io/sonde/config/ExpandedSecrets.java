package io.sonde.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came into a module from the environment and may be secret. Compared by value; immutable.
 *
 * <p>A value is taken for a secret everywhere if its variable has a name that says so, or if it is
 * in a key for secrets. Any other value in a key that may hold secrets, as a body, is only hidden
 * where the module itself is shown: it may be a common word.
 */
public final class ExpandedSecrets {
  /** Nothing came from there. */
  public static final ExpandedSecrets NONE = new ExpandedSecrets(Set.of(), Set.of());

  private final Set<String> secrets;
  private final Set<String> others;
  private final Redaction everywhere;
  private final Redaction inModule;

  private ExpandedSecrets(Set<String> secrets, Set<String> others) {
    this.secrets = Set.copyOf(secrets);
    this.others = Set.copyOf(others);
    this.everywhere = redaction(this.secrets);
    this.inModule = everywhere.and(redaction(this.others));
  }

  /**
   * Collects values.
   *
   * @param others those that are hidden only where the module is shown
   */
  static ExpandedSecrets of(Set<String> secrets, Set<String> others) {
    return secrets.isEmpty() && others.isEmpty() ? NONE : new ExpandedSecrets(secrets, others);
  }

  private static Redaction redaction(Set<String> values) {
    Redaction.Builder builder = Redaction.builder();
    values.forEach(builder::add);
    return builder.build();
  }

  /** Whether there is nothing to hide. */
  public boolean isEmpty() {
    return secrets.isEmpty() && others.isEmpty();
  }

  /** Hides secrets in what is told about probes. */
  public Redaction redaction() {
    return everywhere;
  }

  /** Hides what may be secret where the module is shown. */
  Redaction ofModule() {
    return inModule;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExpandedSecrets that
        && secrets.equals(that.secrets)
        && others.equals(that.others);
  }

  @Override
  public int hashCode() {
    return secrets.hashCode() + others.hashCode();
  }

  /** Not the secrets. */
  @Override
  public String toString() {
    return "secrets=" + secrets.size();
  }
}
