package io.sonde.operate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that an operator can switch on. */
final class Everything {
  /** What adds to the cost of a probe, by flags. */
  private static final List<String> FLAGS =
      List.of("--metrics.per-target", "--metrics.phases", "--log.summarise-failures=1m");

  /** What a configuration says, before its modules, of whom it may probe. */
  static final String POLICY = "target_policy:\n  preset: public\n  allow: [{cidr: 127.0.0.0/8}]\n";

  private Everything() {}

  /** The flags that switch on all of it, with a web configuration. */
  static String[] guardedBy(Path webConfig) {
    return with("--web.config.file=" + webConfig);
  }

  /** The flags that switch on all that is worth its name without TLS, and more. */
  static String[] with(String... more) {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(List.of(more));
    return flags.toArray(String[]::new);
  }
}
