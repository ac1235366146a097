package io.sonde.api;

import io.sonde.config.ConfigPrinter;
import io.sonde.config.Durations;
import io.sonde.config.ModuleConfig;
import io.sonde.history.History;
import io.sonde.history.Query;
import io.sonde.history.Slice;
import io.sonde.probe.Failure;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.server.HostnameParameter;
import io.sonde.view.ProbeJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What past probes found, as far as it is kept. */
final class PastProbes {
  static final int MOST_RESULTS = 1_000;
  static final int USUAL_RESULTS = 100;

  /** A search for a part looks at every place of every target. */
  static final int MOST_PART_CHARACTERS = 256;

  /** How much a caller's clock may be ahead. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  static final Map<String, Boolean> RESULTS =
      Collections.unmodifiableMap(new TreeMap<>(Map.of("success", true, "failure", false)));

  static final List<String> PARAMETERS =
      List.of(
          "module", "target", "target_contains", "result", "reason", "since", "limit", "cursor");

  private static final Map<String, Reason> REASONS =
      Arrays.stream(Reason.values())
          .collect(
              Collectors.toMap(
                  Reason::label, Function.identity(), (a, b) -> a, LinkedHashMap::new));

  private final History history;
  private final InstantSource clock;

  PastProbes(History history, InstantSource clock) {
    this.history = history;
    this.clock = clock;
  }

  /** The latest that match, without their details. */
  Map<String, @Nullable Object> list(Parameters parameters, String rest) throws RefusedException {
    Long before = parameters.read("cursor", "the next of an earlier answer", PastProbes::cursor);
    Query query =
        new Query(
            parameters.text("module"),
            parameters.text("target"),
            parameters.text("target_contains", MOST_PART_CHARACTERS),
            parameters.word("result", RESULTS),
            parameters.word("reason", REASONS),
            parameters.read(
                "since",
                "a time that has passed (2026-01-31T12:00:00Z) or how long ago it was (15m)",
                this::since),
            before == null ? Long.MAX_VALUE : before,
            parameters.number("limit", 1, MOST_RESULTS, USUAL_RESULTS));
    parameters.throwIfAnyIsWrong();
    Slice slice = history.search(query);
    Page page = new Page(query.limit());
    Long next = slice.next();
    long last = 0;
    for (ProbeResult result : slice.results()) {
      if (!page.takes(characters(result))) {
        next = last;
        break;
      }
      page.add(ProbeJson.summary(result));
      last = result.id();
    }
    return page.answer("probes", next == null ? null : String.valueOf(next));
  }

  private static int characters(ProbeResult result) {
    Failure failure = result.verdict().failure();
    return result.request().target().length() + (failure == null ? 0 : failure.message().length());
  }

  private static @Nullable Long cursor(String text) {
    long cursor = Long.parseLong(text);
    return cursor < 0 ? null : cursor;
  }

  private @Nullable Instant since(String text) {
    Instant now = clock.instant();
    Duration ago = Durations.parse(text);
    if (ago != null) {
      return ago.isNegative() ? null : now.minus(ago);
    }
    try {
      Instant since = OffsetDateTime.parse(text).toInstant();
      return since.isAfter(now.plus(SKEW)) ? null : since;
    } catch (DateTimeParseException ignored) {
      return null;
    }
  }

  /** Everything about one. */
  Map<String, @Nullable Object> one(Parameters parameters, String rest) throws RefusedException {
    parameters.throwIfAnyIsWrong();
    long id;
    try {
      id = Long.parseLong(rest);
    } catch (NumberFormatException ignored) {
      throw RefusedException.of(404, "id", "the number of a probe", Shown.quoted(rest));
    }
    ProbeResult result = history.find(id);
    if (result == null) {
      throw new RefusedException(
          404,
          "Probe " + id + " is not kept: it was long ago, was never begun, or has not ended yet",
          List.of());
    }
    return whole(result);
  }

  /** One result with its trail and its module. */
  static Map<String, @Nullable Object> whole(ProbeResult result) {
    Map<String, @Nullable Object> object = ProbeJson.whole(result);
    ModuleConfig module = HostnameParameter.apply(result.request());
    object.put("configuration", ConfigPrinter.print(module));
    return object;
  }
}
