package io.sonde.history;

import io.sonde.probe.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param results newest first
 * @param next the {@link Query#before} with which the search goes on; null if there is no more
 */
public record Slice(List<ProbeResult> results, @Nullable Long next) {
  /** The first results that match. */
  static Slice of(List<ProbeResult> newestFirst, Query query) {
    List<ProbeResult> found = new ArrayList<>();
    for (ProbeResult result : newestFirst) {
      if (query.matches(result)) {
        if (found.size() == query.limit()) {
          return new Slice(found, found.isEmpty() ? null : found.get(found.size() - 1).id());
        }
        found.add(result);
      }
    }
    return new Slice(found, null);
  }
}
