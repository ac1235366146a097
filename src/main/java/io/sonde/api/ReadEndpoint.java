package io.sonde.api;

import io.sonde.server.Answer;
import io.sonde.server.Endpoint;
import io.sonde.server.Exchange;
import java.util.List;
import java.util.concurrent.Executor;

/** Answers a question that is asked by GET or HEAD, off the event loop. */
final class ReadEndpoint implements Endpoint {
  private final Executor background;
  private final List<String> known;
  private final Question question;

  /**
   * An endpoint.
   *
   * @param known every parameter of the question
   */
  ReadEndpoint(Executor background, List<String> known, Question question) {
    this.background = background;
    this.known = known;
    this.question = question;
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.answerFrom(background, () -> answer(exchange));
  }

  private Answer answer(Exchange exchange) {
    if (!exchange.isRead()) {
      return JsonAnswer.notAllowed(exchange.method(), "GET, HEAD");
    }
    try {
      Parameters parameters = new Parameters(exchange.query(), known);
      return JsonAnswer.of(question.answer(parameters, exchange.rest()));
    } catch (RefusedException e) {
      return JsonAnswer.of(e);
    }
  }
}
