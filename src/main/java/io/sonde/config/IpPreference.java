package io.sonde.config;

/**
 * Which address family a probe takes first, and whether the other one will do.
 *
 * @param preferred the word as written; see {@link #prefersIp6}
 * @param fallback whether an address of the other family is used where the preferred one has none
 */
public record IpPreference(String preferred, boolean fallback) {
  public static final IpPreference DEFAULT = new IpPreference("", true);

  /** True for {@code ip6} and the empty word; every other word, even a misspelt one, means IPv4. */
  public boolean prefersIp6() {
    return preferred.isEmpty() || preferred.equals("ip6");
  }
}
