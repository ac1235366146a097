package io.sonde.api;

import io.sonde.probe.BoundModule;
import io.sonde.probe.ProbeResult;
import io.sonde.server.Answer;
import io.sonde.server.Endpoint;
import io.sonde.server.Exchange;
import io.sonde.server.HostnameParameter;
import io.sonde.server.ProbeStarter;
import io.sonde.server.ProbeStarter.Order;
import io.sonde.server.RequestBody;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;

/**
 * Runs one probe and answers with everything about it. A page of another site cannot ask for that
 * behind its reader's back: browsers send JSON elsewhere only after asking, and are not allowed to.
 */
final class RunEndpoint implements Endpoint {
  private static final String JSON = "application/json";
  private static final String METHOD = "POST";

  private final ProbeStarter starter;
  private final Executor background;

  RunEndpoint(ProbeStarter starter, Executor background) {
    this.starter = starter;
    this.background = background;
  }

  @Override
  public void handle(Exchange exchange) {
    if (!exchange.method().equals(METHOD)) {
      exchange.respond(JsonAnswer.notAllowed(exchange.method(), METHOD));
      return;
    }
    try {
      starter.start(exchange, order(exchange), new Asker(exchange));
    } catch (RefusedException e) {
      exchange.respond(JsonAnswer.of(e));
    }
  }

  private Order order(Exchange exchange) throws RefusedException {
    new Parameters(exchange.query(), List.of()).throwIfAnyIsWrong();
    AskedProbe asked = AskedProbe.read(json(exchange));
    BoundModule module = starter.find(asked.module());
    if (module == null) {
      throw new RefusedException(
          400,
          starter.unknown(asked.module()),
          List.of(
              new RefusedException.Fault(
                  "module", "one of those at modules", Shown.quoted(asked.module()))));
    }
    String conflict = HostnameParameter.conflict(module.config(), asked.hostname());
    if (conflict != null) {
      throw new RefusedException(400, conflict, List.of());
    }
    return new Order(module, asked.target(), asked.hostname(), asked.seconds(), 0);
  }

  private static byte[] json(Exchange exchange) throws RefusedException {
    String type = exchange.header("content-type");
    if (type == null || !isJson(type)) {
      throw RefusedException.of(
          415, "Content-Type", JSON, type == null ? "none" : Shown.quoted(type));
    }
    RequestBody body = exchange.body();
    if (!body.isWhole()) {
      throw RefusedException.of(
          413,
          "body",
          "at most " + RequestBody.MOST_BYTES + " bytes",
          String.valueOf(body.length()));
    }
    return body.bytes();
  }

  private static boolean isJson(String type) {
    int end = type.indexOf(';');
    String essence = end < 0 ? type : type.substring(0, end);
    return essence.strip().toLowerCase(Locale.ROOT).equals(JSON);
  }

  /** Waits for the probe. */
  private final class Asker implements ProbeStarter.Asker {
    private final Exchange exchange;

    Asker(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void ended(ProbeResult result) {
      exchange.answerFrom(background, () -> JsonAnswer.of(PastProbes.whole(result)));
    }

    @Override
    public void refused(int status, String why) {
      Answer answer = JsonAnswer.of(new RefusedException(status, why, List.of()));
      exchange.respond(answer);
    }
  }
}
