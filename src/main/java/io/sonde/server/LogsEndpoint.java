package io.sonde.server;

import io.sonde.history.History;
import io.sonde.probe.ProbeResult;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /logs}: the debug page of a probe that is still in the history. */
final class LogsEndpoint implements Endpoint {
  /** An id that the landing page never links to and that has always meant "none". */
  private static final long NO_ID = -1;

  private final History history;
  private final DebugPages debugPages;
  private final Executor background;

  LogsEndpoint(History history, DebugPages debugPages, Executor background) {
    this.history = history;
    this.debugPages = debugPages;
    this.background = background;
  }

  @Override
  public void handle(Exchange exchange) {
    String target = exchange.query().firstOrEmpty("target");
    String module = exchange.query().firstOrEmpty("module");
    Long parsed = parse(exchange.query().firstOrEmpty("id"));
    long id = parsed == null ? NO_ID : parsed;
    if (parsed != null && !target.isEmpty()) {
      exchange.fail(400, "Probe id and target can't be defined at the same time");
    } else if (id == NO_ID && target.isEmpty()) {
      exchange.fail(400, "Probe id or target must be defined as http query parameters");
    } else if (!module.isEmpty() && target.isEmpty()) {
      exchange.fail(400, "Probe module filter only works in conjunction with target parameter");
    } else if (target.isEmpty()) {
      respond(exchange, () -> history.findInWindow(id), "Probe id not found");
    } else {
      respond(exchange, () -> history.findNewest(target, module), "Probe target not found");
    }
  }

  private void respond(Exchange exchange, Supplier<@Nullable ProbeResult> search, String absent) {
    exchange.answerFrom(
        background,
        () -> {
          ProbeResult result = search.get();
          return result == null
              ? Answer.of(ResponseHead.error(404, ResponseFields.NONE), absent + "\n")
              : Answer.of(ResponseHead.PLAIN, debugPages.render(result));
        });
  }

  private static @Nullable Long parse(String id) {
    try {
      return Long.valueOf(id);
    } catch (NumberFormatException ignored) {
      return null;
    }
  }
}
