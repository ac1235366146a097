package io.sonde.config;

/**
 * A text that must not be shown: it prints as {@code <secret>}, or as nothing where it is empty.
 */
public final class Secret {
  /** What is shown in place of a text that must not be shown. */
  public static final String MASK = "<secret>";

  /** No text at all. */
  public static final Secret NONE = new Secret("");

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return text.isEmpty() ? NONE : new Secret(text);
  }

  /** The text itself, for the one place that sends it. */
  public String reveal() {
    return text;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text.isEmpty() ? "" : MASK;
  }
}
