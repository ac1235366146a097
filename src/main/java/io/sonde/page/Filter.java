package io.sonde.page;

import io.sonde.history.Query;
import io.sonde.history.TargetState;
import io.sonde.server.QueryString;
import org.jspecify.annotations.Nullable;

/**
 * What of all targets and probes is wanted.
 *
 * @param module the module's name; empty for any
 * @param target a part of the target; empty for any
 * @param success whether it passes; null for either
 * @param before probes of smaller numbers only
 */
record Filter(String module, String target, @Nullable Boolean success, long before) {
  static final String FAILED = "failed";
  static final String PASSED = "passed";

  /** Every target kept is searched for a text of that length. */
  private static final int MOST_CHARACTERS = 256;

  /** What a request asks for; what makes no sense does not matter. */
  static Filter of(QueryString query) {
    String result = query.firstOrEmpty("result");
    return new Filter(
        Texts.cut(query.firstOrEmpty("module").strip(), MOST_CHARACTERS),
        Texts.cut(query.firstOrEmpty("target").strip(), MOST_CHARACTERS),
        result.equals(FAILED) ? Boolean.FALSE : result.equals(PASSED) ? Boolean.TRUE : null,
        number(query.firstOrEmpty("before")));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException ignored) {
      return Long.MAX_VALUE;
    }
  }

  /** Whether everything is wanted. */
  boolean isOpen() {
    return module.isEmpty() && target.isEmpty() && success == null && before == Long.MAX_VALUE;
  }

  boolean wants(TargetState state) {
    return (module.isEmpty() || module.equals(state.module()))
        && Query.contains(state.target(), target)
        && (success == null || success == state.success());
  }

  Query query(int limit) {
    return new Query(
        module.isEmpty() ? null : module,
        null,
        target.isEmpty() ? null : target,
        success,
        null,
        null,
        before,
        limit);
  }

  /** The same from there on. */
  Link from(@Nullable Long next) {
    Link link = Link.HOME.with("module", module).with("target", target);
    link = link.with("result", success == null ? "" : success ? PASSED : FAILED);
    return link.with("before", next == null ? "" : next.toString());
  }
}
