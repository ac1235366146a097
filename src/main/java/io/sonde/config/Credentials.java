package io.sonde.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers, metadata and parameters carry credentials, so that their values are not shown. */
public final class Credentials {
  private static final Set<String> NAMES =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key");

  /** What the names of environment variables with credentials contain. */
  private static final List<String> VARIABLES = List.of("pass", "pwd", "pw", "key", "auth", "cred");

  private static final Set<String> PARAMETERS =
      Set.of("auth", "jwt", "key", "pass", "passwd", "pwd", "sig", "credentials");

  private Credentials() {}

  /** Whether what has that name, in any case, is a credential. */
  public static boolean areIn(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower)
        || lower.contains("token")
        || lower.contains("secret")
        || lower.contains("password");
  }

  /** Whether an environment variable of that name is likely to hold one. */
  static boolean areInVariable(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return areIn(lower) || VARIABLES.stream().anyMatch(lower::contains);
  }

  /**
   * Whether the parameter of a URL that has that name, in any case, is a credential: beside what is
   * one elsewhere, keys and signatures such as those of links that give access by themselves.
   */
  public static boolean areInParameter(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return areIn(lower)
        || PARAMETERS.contains(lower)
        || lower.endsWith("apikey")
        || lower.endsWith("_key")
        || lower.endsWith("-key")
        || lower.endsWith("signature")
        || lower.endsWith("credential");
  }

  /** The value as it may be shown under that name. */
  public static String masked(String name, String value) {
    return areIn(name) && !value.isEmpty() ? Secret.MASK : value;
  }
}
