package io.sonde.config;

/**
 * Where a piece of text comes from: written inline, read from a file, or named by a reference.
 *
 * <p>The loader lets at most one be set. References need a secret manager, which does not exist: a
 * probe that needs one fails with reason {@code config}.
 *
 * @param file a path relative to the working directory, read when the probe runs
 */
public record Source(Secret inline, String file, String ref) {
  public static final Source NONE = new Source(Secret.NONE, "", "");

  public static Source inline(String text) {
    return new Source(Secret.of(text), "", "");
  }

  public static Source file(String path) {
    return new Source(Secret.NONE, path, "");
  }

  public boolean isEmpty() {
    return inline.isEmpty() && file.isEmpty() && ref.isEmpty();
  }
}
